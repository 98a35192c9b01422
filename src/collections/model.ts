import { and, desc, eq, exists, sql } from 'drizzle-orm'
import type { Id } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import type { Person } from '../ports/people'
import { bookmark } from '../posts/bookmarks/model'
import { forgetCollection } from '../posts/draft/collection'
import { authorOf, postFor, visibleTo, withFiles } from '../posts/feed'
import { posts } from '../posts/table'
import { Problem } from '../problem'
import { users } from '../users/table'
import { collected, collections } from './table'

type Me = Person
type CollectionId = Id<'collection'>

/** A person can have this many, so that a page of them stays cheap. */
const MOST = 200

/** Creates an empty collection, which is the first in the order of its owner. */
export async function createCollection(tx: Tx, me: Me, name: string, now: Date): Promise<CollectionId> {
  if ((await tx.$count(collections, eq(collections.userId, me.id))) >= MOST)
    throw new Problem('conflict', 'You have as many collections as you can have. Delete one first.', {
      code: 'too_many_collections',
    })
  const [made] = await tx.insert(collections).values({ userId: me.id, name, createdAt: now, place: +now }).returning()
  return made!.id
}

const own = (me: Me, id: CollectionId) => and(eq(collections.id, id), eq(collections.userId, me.id))

/** Gives a collection of mine another name. Throws `not_found` for one of somebody else. */
export async function renameCollection(tx: Tx, me: Me, id: CollectionId, name: string): Promise<void> {
  const rows = await tx.update(collections).set({ name }).where(own(me, id)).returning({ id: collections.id })
  if (!rows.length) notFound()
}

/** Deletes a collection, also from the draft that names it. Its posts stay bookmarked. */
export async function deleteCollection(tx: Tx, me: Me, id: CollectionId, now: Date): Promise<void> {
  const [found] = await tx.select({ id: collections.id }).from(collections).where(own(me, id)).limit(1)
  if (!found) return
  await forgetCollection(tx, id, now)
  await tx.delete(collected).where(eq(collected.collectionId, id))
  await tx.delete(collections).where(own(me, id))
}

/** Puts a post into a collection, which bookmarks it. Returns true if it was not in there before. */
export async function collect(tx: Tx, me: Me, id: CollectionId, postId: number, now: Date): Promise<boolean> {
  await requireOwn(tx, me, id)
  await bookmark(tx, me, postId, now)
  const row = { collectionId: id, postId, at: now, place: +now }
  return (await tx.insert(collected).values(row).onConflictDoNothing().returning()).length > 0
}

/** Takes a post out of one collection of mine. It stays bookmarked. */
export async function uncollect(tx: Tx, me: Me, id: CollectionId, postId: number): Promise<void> {
  await requireOwn(tx, me, id)
  await tx.delete(collected).where(and(eq(collected.collectionId, id), eq(collected.postId, postId)))
}

async function requireOwn(tx: Tx, me: Me, id: CollectionId) {
  const rows = await tx.select({ id: collections.id }).from(collections).where(own(me, id)).limit(1)
  if (!rows.length) notFound()
}

function notFound(): never {
  throw new Problem('not_found', 'This collection does not exist.')
}

const me = { id: sql.placeholder('me') }

const shown = (db: Reader) => {
  const inIt = db
    .select({ count: sql<number>`count(*)` })
    .from(collected)
    .innerJoin(posts, eq(posts.id, collected.postId))
    .innerJoin(users, authorOf)
    .where(and(eq(collected.collectionId, collections.id), visibleTo(me)))
  const holds = db
    .select({ one: sql`1` })
    .from(collected)
    .where(and(eq(collected.collectionId, collections.id), eq(collected.postId, sql.placeholder('postId'))))
  return {
    id: collections.id,
    name: collections.name,
    place: collections.place,
    count: sql<number>`(${inIt})`.mapWith(Number).as('shown'),
    has: sql<boolean>`${exists(holds)}`.mapWith(Boolean).as('has'),
  }
}

/** Lists my collections in my order, which begins as the newest first. `has` says whether a post is in them. */
export async function listCollections(db: Reader, { id }: Me, wanted: Wanted, postId = 0) {
  const rows = await mine(db).execute({ me: id, postId, ...placeholdersOf(wanted) })
  return toPage(rows, wanted, ({ place, id }) => ({ at: new Date(place), id }))
}

const mine = prepared((db: Reader) =>
  db
    .select(shown(db))
    .from(collections)
    .where(and(eq(collections.userId, me.id), beforePlaceholder(collections.place, collections.id)))
    .orderBy(desc(collections.place), desc(collections.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

/** Lists the names of all my collections in my order. */
export const namesOfCollections = (db: Reader, { id }: Me) => names(db).execute({ me: id })

const names = prepared((db: Reader) =>
  db
    .select({ id: collections.id, name: collections.name })
    .from(collections)
    .where(eq(collections.userId, me.id))
    .orderBy(desc(collections.place), desc(collections.id))
    .limit(MOST)
    .prepare(),
)

/** Finds a collection of mine, with the number of its posts. Throws `not_found` for one of somebody else. */
export async function findCollection(db: Reader, { id: myId }: Me, id: CollectionId) {
  const [found] = await one(db).execute({ me: myId, id, postId: 0 })
  return found ?? notFound()
}

const one = prepared((db: Reader) =>
  db
    .select(shown(db))
    .from(collections)
    .where(and(eq(collections.id, sql.placeholder('id')), eq(collections.userId, me.id)))
    .limit(1)
    .prepare(),
)

/** Lists the posts of a collection that I may still see, in my order, which begins as the last one put in first. */
export async function listCollected(db: Reader, { id: myId }: Me, id: CollectionId, wanted: Wanted) {
  const rows = await ofOne(db).execute({ me: myId, id, ...placeholdersOf(wanted) })
  const page = toPage(rows, wanted, ({ post, place }) => ({ at: new Date(place), id: post.id }))
  return { ...page, items: await withFiles(db, page.items) }
}

const ofOne = prepared((db: Reader) =>
  db
    .select({ ...postFor(me), place: collected.place })
    .from(collected)
    .innerJoin(posts, eq(posts.id, collected.postId))
    .innerJoin(users, authorOf)
    .where(
      and(
        eq(collected.collectionId, sql.placeholder('id')),
        visibleTo(me),
        beforePlaceholder(collected.place, collected.postId),
      ),
    )
    .orderBy(desc(collected.place), desc(collected.postId))
    .limit(sql.placeholder('most'))
    .prepare(),
)
