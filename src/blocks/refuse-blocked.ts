import { and, eq, or } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { Problem } from '../problem'
import { nobodyFound } from '../users/model'
import { blocks } from './table'

type Who = { id: number }

/**
 * Checks for blocks before an action on somebody, like following or paying them. It throws 404 when they block me, so
 * that I do not learn that they exist, and 409 `blocked` when I block them.
 */
export async function refuseBlocked(db: Reader, me: Who, other: Who): Promise<void> {
  const between = or(
    and(eq(blocks.blockerId, me.id), eq(blocks.blockedId, other.id)),
    and(eq(blocks.blockerId, other.id), eq(blocks.blockedId, me.id)),
  )
  const rows = await db.select({ by: blocks.blockerId }).from(blocks).where(between)
  if (rows.some(({ by }) => by === other.id)) nobodyFound()
  if (rows.length)
    throw new Problem('conflict', 'You have blocked this person. Unblock them first.', { code: 'blocked' })
}
