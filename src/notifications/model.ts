import { and, desc, eq, inArray, isNull, lte, ne, or, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import { findPosts, type PostRow, visibleTo } from '../posts/feed'
import { posts } from '../posts/table'
import { type Seen, seenBy } from '../users/person'
import { type Person, users } from '../users/table'
import { notifications } from './table'

export type Notice = typeof notifications.$inferSelect
export type NoticeRow = { notice: Notice; actor: Seen | null; post: PostRow | null }

/** One thing that somebody should know. */
export async function notify(tx: Tx, notice: typeof notifications.$inferInsert): Promise<void> {
  await tx.insert(notifications).values(notice)
}

/** Of a photo that fails again only the last time is told. */
export async function notifyFailed(tx: Tx, file: { id: number; ownerId: number; postId: number | null }, now: Date): Promise<void> {
  await forgetNoticesOf(tx, [file.id])
  await notify(tx, { userId: file.ownerId, kind: 'file_failed', fileId: file.id, postId: file.postId, at: now })
}

/** What may still be known of: no post that is gone or hidden, nobody who left. */
const mine = (me: Person) =>
  and(eq(notifications.userId, me.id), isNull(users.deletedAt), or(ne(notifications.kind, 'post'), visibleTo(me)))

export async function listNotifications(db: Reader, me: Person, wanted: Wanted) {
  const rows = await db
    .select({ notice: notifications, actor: seenBy(me) })
    .from(notifications)
    .leftJoin(users, eq(users.id, notifications.actorId))
    .leftJoin(posts, eq(posts.id, notifications.postId))
    .where(and(mine(me), before(wanted.cursor, notifications.at, notifications.id)))
    .orderBy(desc(notifications.at), desc(notifications.id))
    .limit(wanted.limit + 1)
  const page = toPage(rows, wanted, ({ notice }) => ({ at: notice.at, id: notice.id }))
  return { ...page, items: await withPosts(db, me, page.items as { notice: Notice; actor: Seen }[]) }
}

async function withPosts(db: Reader, me: Person, rows: { notice: Notice; actor: Seen }[]): Promise<NoticeRow[]> {
  const shown = await findPosts(
    db,
    me,
    rows.flatMap(({ notice: { kind, postId } }) => (postId && kind !== 'file_failed' ? [postId] : [])),
  )
  return rows.map(({ notice, actor }) => ({ notice, actor: notice.actorId ? actor : null, post: shown.get(notice.postId ?? 0) ?? null }))
}

export async function countUnread(db: Reader, me: Person): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)` })
    .from(notifications)
    .leftJoin(users, eq(users.id, notifications.actorId))
    .leftJoin(posts, eq(posts.id, notifications.postId))
    .where(and(mine(me), sql`${notifications.read} = 0`)) // spelled out, so that SQLite uses the index of unread rows
  return row?.count ?? 0
}

export const markRead = (tx: Tx, me: Person, upTo: Date) =>
  tx
    .update(notifications)
    .set({ read: true })
    .where(and(eq(notifications.userId, me.id), lte(notifications.at, upTo), sql`${notifications.read} = 0`))

export const forgetNoticesOf = (tx: Tx, fileIds: number[]) => tx.delete(notifications).where(inArray(notifications.fileId, fileIds))

const CHUNK = 500

/** Some of what somebody who is gone was told; true when there may be more. */
export async function eraseNotificationsOf(tx: Tx, user: Pick<Person, 'id'>): Promise<boolean> {
  const some = tx.select({ id: notifications.id }).from(notifications).where(eq(notifications.userId, user.id)).limit(CHUNK)
  const rows = await tx.delete(notifications).where(inArray(notifications.id, some)).returning({ id: notifications.id })
  return rows.length === CHUNK
}
