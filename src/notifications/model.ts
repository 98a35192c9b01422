import {
  and,
  type Column,
  desc,
  eq,
  gt,
  inArray,
  isNull,
  lte,
  ne,
  or,
  type Placeholder,
  type SQLWrapper,
  sql,
} from 'drizzle-orm'
import { alias, isFalse } from '../db/columns'
import { deleteSome } from '../db/delete-some'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { touch } from '../db/tell'
import type { Person } from '../ports/people'
import { type CommentRow, findComments } from '../posts/comments/read'
import { authorOf, findPosts, offeredTo, type PostRow, visibleTo } from '../posts/feed'
import { posts } from '../posts/table'
import { findPeople } from '../users/model'
import { isStaff, type Seen } from '../users/person'
import { users } from '../users/table'
import { kindsThatNeed } from './kinds'
import { notify } from './notify'
import { causes, type Notice, notifications } from './table'

export { notify } from './notify'
export { takeBack, takeBackAll, takeBackComment } from './take-back'

/** A notification with its content; `actors` are the most recent people. */
export type NoticeRow = { notice: Notice; actors: Seen[]; post: PostRow | null; comment: CommentRow | null }

/** Notifies the owner of a failed file. A file that fails again replaces its earlier notification. */
export async function notifyFailed(
  tx: Tx,
  file: { id: number; ownerId: number; postId: number | null },
  now: Date,
): Promise<void> {
  await forgetNoticesOf(tx, [file.id])
  await notify(tx, { userId: file.ownerId, kind: 'file_failed', fileId: file.id, postId: file.postId, at: now })
}

/** The person who acted last; `users` is the author of the post in these queries. */
export const actor = alias(users, 'actor')
/**
 * An SQL condition for what the recipient may still learn of: nothing about a post that is gone or hidden, nothing about
 * reports once they left the staff (see `kinds.ts`), and nothing by a person who left or is suspended, unless others took
 * part. `event` is a notification, or anything else that has a kind and a count.
 */
export const mayHear = (
  me: { id: number | Column | Placeholder },
  event: { kind: SQLWrapper; count: SQLWrapper } = notifications,
) =>
  and(
    or(and(isNull(actor.deletedAt), isNull(actor.suspendedAt)), gt(event.count, 1)),
    or(
      inArray(event.kind, kindsThatNeed('nothing')),
      and(inArray(event.kind, kindsThatNeed('visible post')), visibleTo(me)),
      and(inArray(event.kind, kindsThatNeed('offered post')), offeredTo(me)),
      and(inArray(event.kind, kindsThatNeed('staff')), isStaff(me)),
    ),
  )
const mine = (me: { id: number | Placeholder }) => and(eq(notifications.userId, me.id), mayHear(me))

const newest = prepared((db: Reader) =>
  db
    .select({ notice: notifications })
    .from(notifications)
    .leftJoin(actor, eq(actor.id, notifications.actorId))
    .leftJoin(posts, eq(posts.id, notifications.postId))
    .leftJoin(users, authorOf)
    .where(and(mine({ id: sql.placeholder('id') }), beforePlaceholder(notifications.at, notifications.id)))
    .orderBy(desc(notifications.at), desc(notifications.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

/** Lists the notifications of a person that they may still see, newest first, with people, posts and comments. */
export async function listNotifications(db: Reader, me: Person, wanted: Wanted) {
  const rows = await newest(db).execute({ id: me.id, ...placeholdersOf(wanted) })
  const page = toPage(rows, wanted, ({ notice }) => ({ at: notice.at, id: notice.id }))
  return {
    ...page,
    items: await fill(
      db,
      me,
      page.items.map(({ notice }) => notice),
    ),
  }
}

/** Adds the people, the post and the comment to each notification. */
async function fill(db: Reader, me: Person, notices: Notice[]): Promise<NoticeRow[]> {
  const shown = await findPosts(
    db,
    me,
    notices.flatMap(({ kind, postId }) => (postId && kind !== 'file_failed' ? [postId] : [])),
  )
  const said = await findComments(
    db,
    me,
    notices.flatMap(({ commentId }) => commentId ?? []),
  )
  const actors = new Map<number, number[]>()
  for (const notice of notices) actors.set(notice.id, await newestActors(db, notice))
  const people = await findPeople(db, me, [...new Set([...actors.values()].flat())])
  return notices.map((notice) => ({
    notice,
    actors: (actors.get(notice.id) ?? []).flatMap((id) => people.get(id) ?? []),
    post: shown.get(notice.postId ?? 0) ?? null,
    comment: (shown.has(notice.postId ?? 0) && said.get(notice.commentId ?? 0)) || null,
  }))
}

const ACTORS = 5

const newestCauses = prepared((db: Reader) =>
  db
    .select({ actorId: causes.actorId })
    .from(causes)
    .where(eq(causes.notificationId, sql.placeholder('id')))
    .orderBy(desc(causes.at), desc(causes.actorId), desc(causes.commentId)) // as the index has them
    .limit(4 * ACTORS) // One person can occur several times.
    .prepare(),
)

async function newestActors(db: Reader, { id, count, actorId }: Notice): Promise<number[]> {
  if (count === 1 || !actorId) return actorId ? [actorId] : []
  const newest = await newestCauses(db).execute({ id })
  return [...new Set(newest.map(({ actorId }) => actorId))].slice(0, ACTORS)
}

const unread = prepared((db: Reader) =>
  db
    .select({ count: sql<number>`count(*)` })
    .from(notifications)
    .leftJoin(actor, eq(actor.id, notifications.actorId))
    .leftJoin(posts, eq(posts.id, notifications.postId))
    .leftJoin(users, authorOf)
    // A literal 0, so that SQLite uses the partial index of unread rows.
    .where(and(mine({ id: sql.placeholder('id') }), isFalse(notifications.read), ne(notifications.kind, 'post')))
    .prepare(),
)

/** Counts the unread notifications; a burst counts once. New posts are counted by the inbox alone. */
export const countUnreadNotifications = async (db: Reader, { id }: Pick<Person, 'id'>): Promise<number> =>
  (await unread(db).execute({ id }))[0]?.count ?? 0

/** Marks all notifications of `upTo` or before as read. */
export async function markNotificationsRead(tx: Tx, me: Person, upTo: Date): Promise<void> {
  touch(tx, me.id, 'notification')
  await tx
    .update(notifications)
    .set({ read: true })
    .where(and(eq(notifications.userId, me.id), lte(notifications.at, upTo), isFalse(notifications.read)))
}

/** Deletes the notifications about these files. */
export const forgetNoticesOf = (tx: Tx, fileIds: number[]) =>
  tx.delete(notifications).where(inArray(notifications.fileId, fileIds))

const CHUNK = 500

/** Erases a batch of the notifications of a deleted account; returns true when there may be more. */
export async function eraseNotificationsOf(tx: Tx, user: Pick<Person, 'id'>): Promise<boolean> {
  const theirs = eq(notifications.userId, user.id)
  return (await deleteSome(tx, notifications, theirs, { key: notifications.id, most: CHUNK })).length === CHUNK
}
