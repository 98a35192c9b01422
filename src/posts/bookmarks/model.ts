import { and, desc, eq, sql } from 'drizzle-orm'
import { takeFromCollections } from '../../collections/remove'
import { deleteSome } from '../../db/delete-some'
import type { Reader, Tx } from '../../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../../db/page'
import { prepared } from '../../db/prepared'
import type { Person } from '../../ports/people'
import { users } from '../../users/table'
import { authorOf, findOpenPost, postFor, visibleTo, withFiles } from '../feed'
import { posts } from '../table'
import { bookmarks } from './table'

/** Bookmarks a post; returns true if it was not bookmarked before. Nobody else learns of it. */
export async function bookmark(tx: Tx, me: Person, postId: number, now: Date): Promise<boolean> {
  await findOpenPost(tx, me, postId)
  const made = await tx.insert(bookmarks).values({ userId: me.id, postId, at: now }).onConflictDoNothing().returning()
  return made.length > 0
}

/** Removes a bookmark and takes the post out of my collections, also a post that the viewer may no longer see. */
export async function unbookmark(tx: Tx, me: Person, postId: number): Promise<void> {
  const mine = and(eq(bookmarks.userId, me.id), eq(bookmarks.postId, postId))
  await takeFromCollections(tx, me, postId)
  const ended = await tx.delete(bookmarks).where(mine).returning()
  if (!ended.length) await findOpenPost(tx, me, postId)
}

/** Lists the viewer's bookmarks that they may still see, newest bookmark first. */
export async function listBookmarks(db: Reader, me: Person, wanted: Wanted) {
  const rows = await newest(db).execute({ id: me.id, ...placeholdersOf(wanted) })
  const page = toPage(rows, wanted, ({ post, markedAt }) => ({ at: markedAt, id: post.id }))
  return { ...page, items: await withFiles(db, page.items) }
}

const newest = prepared((db: Reader) => {
  const me = { id: sql.placeholder('id') }
  return db
    .select({ ...postFor(me), markedAt: bookmarks.at })
    .from(bookmarks)
    .innerJoin(posts, eq(posts.id, bookmarks.postId))
    .innerJoin(users, authorOf)
    .where(and(eq(bookmarks.userId, me.id), visibleTo(me), beforePlaceholder(bookmarks.at, bookmarks.postId)))
    .orderBy(desc(bookmarks.at), desc(bookmarks.postId))
    .limit(sql.placeholder('most'))
    .prepare()
})

const CHUNK = 500

/** Erases a batch of the bookmarks of a deleted account; returns true when there may be more. */
export async function eraseBookmarksOf(tx: Tx, user: Pick<Person, 'id'>): Promise<boolean> {
  const gone = await deleteSome(tx, bookmarks, eq(bookmarks.userId, user.id), { key: bookmarks.postId, most: CHUNK })
  return gone.length === CHUNK
}

/** Erases a batch of the bookmarks of a deleted post; returns true when there may be more. */
export async function eraseBookmarksOn(tx: Tx, postId: number): Promise<boolean> {
  const gone = await deleteSome(tx, bookmarks, eq(bookmarks.postId, postId), { key: bookmarks.userId, most: CHUNK })
  return gone.length === CHUNK
}
