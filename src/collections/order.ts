import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../db/open'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { collected, collections } from './table'

type Me = Pick<Person, 'id'>
type Placed = { id: number; place: number }
/** Reads what is to be ordered, all of it or some, highest place first, and writes one place. */
type List = {
  read: (which?: number[]) => Promise<Placed[]>
  write: (id: number, place: number) => Promise<unknown>
}

/**
 * Puts some rows of a list into an order. They share the places that they had, so the others stay where they are, and a
 * list of any length can be ordered by what a page shows of it.
 */
async function putInOrder(list: List, ids: number[]): Promise<void> {
  const before = await list.read(ids)
  if (before.length !== new Set(ids).size || ids.length !== before.length)
    throw new Problem('not_found', 'Something in this order does not exist any more. Reload the page and try again.')
  const isDistinct = new Set(before.map(({ place }) => place)).size === before.length
  if (!isDistinct) await number(list)
  const places = (isDistinct ? before : await list.read(ids)).map(({ place }) => place)
  for (const [at, id] of ids.entries()) await list.write(id, places[at]!)
}

/** Gives every row a place of its own, since two were put in at the same moment. */
async function number({ read, write }: List) {
  const all = await read()
  for (const [at, { id }] of all.entries()) await write(id, all.length - at)
}

/** Puts my collections into this order. */
export async function orderCollections(tx: Tx, me: Me, ids: number[]): Promise<void> {
  const own = eq(collections.userId, me.id)
  const which = (some?: number[]): SQL | undefined => (some ? and(own, inArray(collections.id, some)) : own)
  await putInOrder(
    {
      read: (some) =>
        tx
          .select({ id: collections.id, place: collections.place })
          .from(collections)
          .where(which(some))
          .orderBy(desc(collections.place), desc(collections.id)),
      write: (id, place) =>
        tx
          .update(collections)
          .set({ place })
          .where(and(own, eq(collections.id, id))),
    },
    ids,
  )
}

/** Puts posts of one of my collections into this order. */
export async function orderCollected(tx: Tx, me: Me, collectionId: number, postIds: number[]): Promise<void> {
  const mine = tx
    .select({ id: collections.id })
    .from(collections)
    .where(and(eq(collections.id, collectionId), eq(collections.userId, me.id)))
  const own = and(eq(collected.collectionId, collectionId), sql`${collected.collectionId} in (${mine})`)
  const which = (some?: number[]): SQL | undefined => (some ? and(own, inArray(collected.postId, some)) : own)
  await putInOrder(
    {
      read: (some) =>
        tx
          .select({ id: collected.postId, place: collected.place })
          .from(collected)
          .where(which(some))
          .orderBy(desc(collected.place), desc(collected.postId)),
      write: (id, place) =>
        tx
          .update(collected)
          .set({ place })
          .where(and(own, eq(collected.postId, id))),
    },
    postIds,
  )
}
