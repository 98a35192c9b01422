import { and, desc, eq, inArray, lte, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { isFalse } from '../db/columns'
import { deleteSome } from '../db/delete-some'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { touch } from '../db/tell'
import type { Person } from '../ports/people'
import { authorFollowedBy, authorOf, offeredPostFor, offeredTo, type PostRow, withFiles } from '../posts/feed'
import { posts } from '../posts/table'
import { users } from '../users/table'
import { countUnreadMerged, crowdCount, listMerged, markMergedRead } from './large-authors'
import { inbox, readMarks } from './table'

/**
 * Selects the posts the reader may see. Inbox rows are only a copy that jobs keep up to date, so posts that are deleted
 * or hidden, and posts of people who are unfollowed, muted or suspended, are filtered here. PostgreSQL would join the
 * follows without `is true`, and then read and sort the whole inbox for each page.
 */
const mine = (me: { id: number | Placeholder }, besides?: SQL) =>
  and(eq(inbox.userId, me.id), besides, sql`${authorFollowedBy(me)} is true`, offeredTo(me))

const copies = prepared((db: Reader) => {
  const me = { id: sql.placeholder('id') }
  return db
    .select({ ...offeredPostFor(me), read: inbox.read, crowds: crowdCount })
    .from(inbox)
    .innerJoin(posts, eq(posts.id, inbox.postId))
    .innerJoin(users, authorOf)
    .where(mine(me, beforePlaceholder(inbox.at, inbox.postId)))
    .orderBy(desc(inbox.at), desc(inbox.postId))
    .limit(sql.placeholder('most'))
    .prepare()
})

/** Lists the visible posts of the people I follow now, newest first. */
export async function listInbox(db: Reader, me: Person, wanted: Wanted) {
  const copied = await copies(db).execute({ id: me.id, ...placeholdersOf(wanted) })
  const merged = copied[0]?.crowds === 0 ? [] : await listMerged(db, me, wanted)
  const rows = merged.length ? [...copied, ...merged].sort(newestFirst) : copied
  const page = toPage(rows, wanted, ({ post }) => ({ at: post.publishedAt!, id: post.id }))
  return { ...page, items: await withFiles(db, page.items) }
}

type Dated = Pick<PostRow, 'post'>
const newestFirst = (a: Dated, b: Dated) => +b.post.publishedAt! - +a.post.publishedAt! || b.post.id - a.post.id

const unread = prepared((db: Reader) =>
  db
    .select({ count: sql<number>`count(*)` })
    .from(inbox)
    .innerJoin(posts, eq(posts.id, inbox.postId))
    .innerJoin(users, authorOf)
    .where(mine({ id: sql.placeholder('id') }, isFalse(inbox.read)))
    .prepare(),
)

/** Counts the unread posts in an inbox that the reader may see. */
export async function countUnreadPosts(db: Reader, me: Pick<Person, 'id'>): Promise<number> {
  const [copied] = await unread(db).execute({ id: me.id })
  return copied!.count + (await countUnreadMerged(db, me))
}

/** Marks all posts published at `upTo` or before as read. */
export async function markAllPostsRead(tx: Tx, me: Person, upTo: Date): Promise<void> {
  touch(tx, me.id, 'inbox')
  await tx
    .update(inbox)
    .set({ read: true })
    .where(and(eq(inbox.userId, me.id), lte(inbox.at, upTo), isFalse(inbox.read)))
  await markMergedRead(tx, me, upTo)
}

/** Marks single posts as read. Those of authors with very many followers have no copies, and stay as they are. */
export async function markPostsRead(tx: Tx, me: Person, postIds: number[]): Promise<void> {
  if (!postIds.length) return
  const times = tx.select({ at: posts.publishedAt }).from(posts).where(inArray(posts.id, postIds))
  const rows = await tx
    .update(inbox)
    .set({ read: true })
    .where(and(eq(inbox.userId, me.id), inArray(inbox.at, times), inArray(inbox.postId, postIds), isFalse(inbox.read)))
    .returning({ id: inbox.postId })
  if (rows.length) touch(tx, me.id, 'inbox')
}

const CHUNK = 500

/** Removes a chunk of the inbox of an erased account. Returns true when there may be more. */
export async function eraseInboxOf(tx: Tx, user: Pick<Person, 'id'>): Promise<boolean> {
  await tx.delete(readMarks).where(eq(readMarks.userId, user.id))
  const gone = await deleteSome(tx, inbox, eq(inbox.userId, user.id), { key: inbox.postId, most: CHUNK })
  return gone.length >= CHUNK
}
