import { and, desc, eq, not, sql } from 'drizzle-orm'
import type { Kind } from '../../shapes/notifications'
import { notBlocked } from '../blocks/between'
import type { Id } from '../db/columns'
import type { Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { recordHappening } from '../happenings/record'
import { tellHooks } from '../hooks/queue'
import { notMuted } from '../mutes/muted'
import { queueNotice } from '../push/queue'
import { users } from '../users/table'
import { choicesOf } from './choices'
import { isGathered } from './kinds'
import { causes, type Notice, notifications } from './table'

export type News = {
  /** The recipient. */
  userId: Id<'user'>
  kind: Kind
  /** The person who acted. Nobody is notified of their own actions. */
  actorId?: Id<'user'>
  postId?: Id<'post'> | null
  commentId?: Id<'comment'>
  fileId?: Id<'file'>
  /** The coins received. */
  coins?: number
  /** A message from the staff, shown as it is, or a sentence of the program, which is translated when it is shown. */
  note?: string
  at: Date
}

/** An unread row keeps grouping new events; a read one does so until it is a day old. */
const GATHERING_MS = 24 * 3600_000

const value = sql.placeholder
// Prepared, since frequent actions such as likes and purchases run these queries.
const queries = prepared((tx: Tx) => ({
  silenced: tx
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.id, value('actorId')),
        not(and(notBlocked({ id: value('userId') }, users.id), notMuted({ id: value('userId') }, users.id))!),
      ),
    )
    .prepare(),
  newest: tx
    .select()
    .from(notifications)
    .where(
      and(
        eq(notifications.userId, value('userId')),
        eq(notifications.kind, value('kind')),
        sql`${notifications.postId} is not distinct from ${value('postId')}`,
      ),
    )
    .orderBy(desc(notifications.id))
    .limit(1)
    .prepare(),
  insert: tx
    .insert(notifications)
    .values({
      userId: value('userId'),
      kind: value('kind'),
      at: value('at'),
      begunAt: value('at'),
      actorId: value('actorId'),
      postId: value('postId'),
      commentId: value('commentId'),
      fileId: value('fileId'),
      coins: value('coins'),
      note: value('note'),
    })
    .returning({ id: notifications.id })
    .prepare(),
  known: tx
    .select({ at: causes.at })
    .from(causes)
    .where(and(eq(causes.notificationId, value('id')), eq(causes.actorId, value('actorId'))))
    .limit(1)
    .prepare(),
  gather: tx
    .insert(causes)
    .values({ notificationId: value('id'), actorId: value('actorId'), commentId: value('commentId'), at: value('at') })
    .onConflictDoUpdate({
      target: [causes.notificationId, causes.actorId, causes.commentId],
      set: { at: sql`excluded.at` },
    })
    .prepare(),
  grow: tx
    .update(notifications)
    .set({
      at: sql`${value('at')}`,
      actorId: sql`${value('actorId')}`,
      commentId: sql`${value('commentId')}`,
      read: false,
      count: sql`${notifications.count} + ${value('more')}`,
      coins: sql`coalesce(${notifications.coins} + ${value('coins')}, ${value('coins')}, ${notifications.coins})`,
    })
    .where(eq(notifications.id, value('id')))
    .prepare(),
}))

type Draft = Pick<Notice, 'userId' | 'kind' | 'at' | 'actorId' | 'postId' | 'commentId' | 'fileId' | 'coins' | 'note'>

/** Notifies a person on the channels they chose, in the transaction of the event itself. */
export async function notify(tx: Tx, news: News): Promise<void> {
  if (news.actorId === news.userId || (await isSilenced(tx, news))) return
  const all = {
    actorId: null,
    postId: null,
    fileId: null,
    coins: null,
    note: null,
    ...news,
    commentId: news.commentId ?? null,
  }
  await recordHappening(tx, all)
  await tellHooks(tx, all)
  const wanted = (await choicesOf(tx, news.userId))[news.kind]
  const noticeId = wanted.page && (await show(tx, all))
  if (wanted.push) await queueNotice(tx, all, noticeId)
}

/**
 * Writes the notification and returns its id. Events of a burst join one row, which moves to the top and becomes unread
 * again.
 */
async function show(tx: Tx, all: Draft): Promise<number> {
  const gathers = isGathered(all.kind) && all.actorId
  const row = gathers && (await openRow(tx, all))
  if (row) await grow(tx, row, all)
  const [made] = row ? [row] : await queries(tx).insert.execute(all)
  if (gathers) await queries(tx).gather.execute({ ...all, id: made!.id, commentId: all.commentId ?? 0 })
  return made!.id
}

/**
 * Tells whether the recipient mutes the person who acted, or either blocks the other. Reports reach the staff from
 * anyone.
 */
async function isSilenced(tx: Tx, { userId, kind, actorId }: News): Promise<boolean> {
  if (!actorId || kind === 'report') return false
  return (await queries(tx).silenced.execute({ userId, actorId })).length > 0
}

/**
 * Finds the row that the event joins, if there is one. Writes run one after the other, so two simultaneous events find
 * the same row.
 */
async function openRow(tx: Tx, { userId, kind, postId, at }: Pick<Notice, 'userId' | 'kind' | 'postId' | 'at'>) {
  const [newest] = await queries(tx).newest.execute({ userId, kind, postId })
  return newest && (!newest.read || +at - +(newest.begunAt ?? newest.at) < GATHERING_MS) ? newest : undefined
}

async function grow(tx: Tx, { id }: Notice, { at, ...news }: Pick<Notice, 'at' | 'actorId' | 'commentId' | 'coins'>) {
  const [known] = await queries(tx).known.execute({ id, actorId: news.actorId })
  await queries(tx).grow.execute({ id, ...news, at: +at, more: known ? 0 : 1 })
}
