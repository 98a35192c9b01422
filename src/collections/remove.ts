import { and, eq, inArray } from 'drizzle-orm'
import { deleteSome } from '../db/delete-some'
import type { Tx } from '../db/open'
import type { Person } from '../ports/people'
import { collected, collections } from './table'

const mine = (tx: Tx, me: Pick<Person, 'id'>) =>
  tx.select({ id: collections.id }).from(collections).where(eq(collections.userId, me.id))

/** Takes a post out of all collections of a person, since it is bookmarked no longer. */
export async function takeFromCollections(tx: Tx, me: Pick<Person, 'id'>, postId: number): Promise<void> {
  await tx.delete(collected).where(and(eq(collected.postId, postId), inArray(collected.collectionId, mine(tx, me))))
}

/** Erases the collections of a deleted account; a person has few enough for one transaction. */
export async function eraseCollectionsOf(tx: Tx, user: Pick<Person, 'id'>): Promise<boolean> {
  await tx.delete(collected).where(inArray(collected.collectionId, mine(tx, user)))
  await tx.delete(collections).where(eq(collections.userId, user.id))
  return false
}

const CHUNK = 500

/** Takes a deleted post out of a batch of collections; returns true when there may be more. */
export async function eraseCollectedOn(tx: Tx, postId: number): Promise<boolean> {
  const some = { key: collected.collectionId, most: CHUNK }
  return (await deleteSome(tx, collected, eq(collected.postId, postId), some)).length === CHUNK
}
