import { and, desc, eq } from 'drizzle-orm'
import type { Tx } from '../db/open'
import type { Person } from '../ports/people'
import { invalidFields } from '../problem'
import { createCollection } from './model'
import { collections } from './table'

/** The collection that a draft names for its post. A name takes precedence, and neither means no collection. */
export type Place = { collectionId?: number | null | undefined; collectionName?: string | undefined }

/**
 * Finds my collection by its id or by its name, and makes one of that name if I have none. So a name that is sent twice
 * makes one collection.
 */
export async function placeFor(
  tx: Tx,
  me: Person,
  { collectionId, collectionName }: Place,
  now: Date,
): Promise<number | null> {
  if (collectionName) return (await named(tx, me, collectionName)) ?? createCollection(tx, me, collectionName, now)
  if (!collectionId) return null
  const own = and(eq(collections.id, collectionId), eq(collections.userId, me.id))
  if (await tx.$count(collections, own)) return collectionId
  throw invalidFields({
    path: 'collectionId',
    message: 'This collection does not exist any more. Choose another one.',
  })
}

async function named(tx: Tx, me: Person, name: string) {
  const [found] = await tx
    .select({ id: collections.id })
    .from(collections)
    .where(and(eq(collections.userId, me.id), eq(collections.name, name)))
    .orderBy(desc(collections.place), desc(collections.id))
    .limit(1)
  return found?.id
}
