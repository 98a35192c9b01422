import { and, eq, isNull } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { purchases } from './table'

/** Tells whether the post has buyers, who keep it whatever its author does. */
export async function isBought(db: Reader, postId: number): Promise<boolean> {
  const holders = and(eq(purchases.postId, postId), isNull(purchases.endedAt))
  return (await db.select({ id: purchases.id }).from(purchases).where(holders).limit(1)).length > 0
}
