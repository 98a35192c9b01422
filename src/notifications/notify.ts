import { and, desc, eq, sql } from 'drizzle-orm'
import type { Kind } from '../../shapes/notifications'
import { notBlocked } from '../blocks/between'
import type { Id } from '../db/columns'
import type { Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { recordHappening } from '../happenings/record'
import { hasHooks, tellHooks } from '../hooks/queue'
import { notMuted } from '../mutes/muted'
import { hasDevices, queueNotice } from '../push/queue'
import { users } from '../users/table'
import { chosenSql, DEFAULTS } from './choices'
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
const recipient = { id: value('userId') }
const isInIt = sql`exists (
  select 1 from ${causes} where ${causes.notificationId} = ${value('id')} and ${causes.actorId} = ${value('actorId')}
)`

// Prepared, since frequent actions such as likes and purchases run these queries.
const queries = prepared((tx: Tx) => ({
  reach: tx
    .select({
      isSilenced:
        sql`not ${and(notBlocked(recipient, value('actorId')), notMuted(recipient, value('actorId')))}`.mapWith(
          Boolean,
        ),
      page: chosenSql(value('userId'), value('kind'), 'page'),
      push: chosenSql(value('userId'), value('kind'), 'push'),
      hasHooks: hasHooks(value('userId')).mapWith(Boolean),
      hasDevices: hasDevices(value('userId')).mapWith(Boolean),
    })
    .from(users)
    .where(eq(users.id, value('userId')))
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
      count: sql`${notifications.count} + case when ${isInIt} then 0 else 1 end`,
      coins: sql`coalesce(${notifications.coins} + ${value('coins')}, ${value('coins')}, ${notifications.coins})`,
    })
    .where(eq(notifications.id, value('id')))
    .prepare(),
}))

type Draft = Pick<Notice, 'userId' | 'kind' | 'at' | 'actorId' | 'postId' | 'commentId' | 'fileId' | 'coins' | 'note'>

/** Notifies a person on the channels they chose, in the transaction of the event itself. */
export async function notify(tx: Tx, news: News): Promise<void> {
  if (news.actorId === news.userId) return
  const all = {
    actorId: null,
    postId: null,
    fileId: null,
    coins: null,
    note: null,
    ...news,
    commentId: news.commentId ?? null,
  }
  const [reach] = await queries(tx).reach.execute(all)
  if (!reach || (reach.isSilenced && news.kind !== 'report')) return // reports reach the staff from anyone
  await recordHappening(tx, all)
  if (reach.hasHooks) await tellHooks(tx, all)
  const usual = DEFAULTS[news.kind]
  const noticeId = (reach.page ?? usual.page) && (await show(tx, all))
  if (reach.hasDevices && (reach.push ?? usual.push)) await queueNotice(tx, all, noticeId)
}

/**
 * Writes the notification and returns its id. Events of a burst join one row, which moves to the top and becomes unread
 * again.
 */
async function show(tx: Tx, all: Draft): Promise<number> {
  const gathers = isGathered(all.kind) && all.actorId
  const row = gathers && (await openRow(tx, all))
  if (row) await queries(tx).grow.execute({ ...all, id: row.id, at: +all.at })
  const [made] = row ? [row] : await queries(tx).insert.execute(all)
  if (gathers) await queries(tx).gather.execute({ ...all, id: made!.id, commentId: all.commentId ?? 0 })
  return made!.id
}

/**
 * Finds the row that the event joins, if there is one. Writes run one after the other, so two simultaneous events find
 * the same row.
 */
async function openRow(tx: Tx, { userId, kind, postId, at }: Pick<Notice, 'userId' | 'kind' | 'postId' | 'at'>) {
  const [newest] = await queries(tx).newest.execute({ userId, kind, postId })
  return newest && (!newest.read || +at - +(newest.begunAt ?? newest.at) < GATHERING_MS) ? newest : undefined
}
