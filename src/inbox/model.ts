import { and, desc, eq, inArray, lte, type SQL, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import { authorOf, followedBy, offeredTo, postFor, withFiles } from '../posts/feed'
import { posts } from '../posts/table'
import { type Person, users } from '../users/table'
import { inbox } from './table'

/**
 * What is really mine to see: the rows are only a copy that jobs keep up, so a reader is shown none whose post is gone, hidden, or of
 * somebody no longer followed, muted or suspended.
 */
const mine = (me: Person, besides?: SQL) => and(eq(inbox.userId, me.id), besides, followedBy(me), offeredTo(me))

/** The visible posts of the people I follow now, newest first. */
export async function listInbox(db: Reader, me: Person, wanted: Wanted) {
  const rows = await db
    .select({ ...postFor(me), read: inbox.read })
    .from(inbox)
    .innerJoin(posts, eq(posts.id, inbox.postId))
    .innerJoin(users, authorOf)
    .where(mine(me, before(wanted.cursor, inbox.at, inbox.postId)))
    .orderBy(desc(inbox.at), desc(inbox.postId))
    .limit(wanted.limit + 1)
  const page = toPage(rows, wanted, ({ post }) => ({ at: post.publishedAt!, id: post.id }))
  return { ...page, items: await withFiles(db, page.items) }
}

export async function countUnread(db: Reader, me: Person): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)` })
    .from(inbox)
    .innerJoin(posts, eq(posts.id, inbox.postId))
    .innerJoin(users, authorOf)
    .where(mine(me, sql`${inbox.read} = 0`)) // spelled out, so that SQLite uses the index of unread rows
  return row?.count ?? 0
}

/** All that were published at `upTo` or before. */
export const markRead = (tx: Tx, me: Person, upTo: Date) =>
  tx
    .update(inbox)
    .set({ read: true })
    .where(and(eq(inbox.userId, me.id), lte(inbox.at, upTo), sql`${inbox.read} = 0`))

const CHUNK = 500

/** Some of the rows of somebody who is gone; true when there may be more. */
export async function eraseInboxOf(tx: Tx, user: Pick<Person, 'id'>): Promise<boolean> {
  const some = tx.select({ id: inbox.postId }).from(inbox).where(eq(inbox.userId, user.id)).limit(CHUNK)
  const rows = await tx
    .delete(inbox)
    .where(and(eq(inbox.userId, user.id), inArray(inbox.postId, some)))
    .returning({ id: inbox.postId })
  return rows.length >= CHUNK
}
