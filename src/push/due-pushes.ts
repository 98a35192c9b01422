import { asc, eq, type SQL, sql } from 'drizzle-orm'
import { idIn, isAnyOf, listOf } from '../db/columns'
import type { Reader } from '../db/open'
import { prepared } from '../db/prepared'
import type { QuietHours } from '../notifications/quiet'
import { notifications, quietHours } from '../notifications/table'
import { posts } from '../posts/table'
import { users } from '../users/table'
import { isSubscriptionOpen } from './model'
import { type Push, pushes, pushSubscriptions, type Subscription } from './table'

type Recipient = Pick<typeof users.$inferSelect, 'id' | 'handle' | 'locale' | 'deletedAt' | 'suspendedAt'>
export type Due = { push: Push; device: Subscription; person: Recipient; isOpen: boolean; quiet: QuietHours | null }

/** The number of different due times that are considered at once. */
const MOMENTS = 512

/**
 * Lists pushes of a service that are due, without those already being sent. The people who caused them take turns, so
 * that a post with many thousands of followers does not delay what others have to say.
 *
 * All pushes of an event are due at the same time. Therefore the due times are read first, which takes one step in the
 * index for each of them, and then a few pushes of each due time.
 */
export async function listDue(
  db: Reader,
  originId: number,
  underWay: number[],
  limit: number,
  now: Date,
): Promise<Due[]> {
  const moments = (await momentsAt(db).execute({ originId, now: +now })).map(({ at }) => at)
  // More than an equal share, since some moments have few pushes, but no moment brings more than is asked for.
  const each = Math.min(limit, Math.ceil((4 * limit) / Math.max(1, moments.length)))
  const lists = { moments: JSON.stringify(moments), underWay: JSON.stringify(underWay) }
  const picked = moments.length ? await inTurnAt(db).execute({ originId, each, limit, ...lists }) : []
  const rows = await dueAt(db).execute({ ids: JSON.stringify(picked.map(({ id }) => id)), now: +now })
  const places = new Map(picked.map(({ id }, place) => [id, place]))
  return rows.sort((a, b) => places.get(a.push.id)! - places.get(b.push.id)!)
}

const waitingAt = (table: SQL) => sql`${table}.origin_id = ${sql.placeholder('originId')} and ${table}.done_at is null`

/** The due times of the waiting pushes of a service, earliest first. */
const momentsAt = prepared((db: Reader) => {
  const now = sql.placeholder('now')
  const waiting = waitingAt(sql`waiting`)
  const moments = sql`(
    with recursive moments (at, nth) as (
      select min(waiting.due_at), 1 from ${pushes} as waiting where ${waiting} and waiting.due_at <= ${now}
      union all
      select (
        select min(waiting.due_at) from ${pushes} as waiting
        where ${waiting} and waiting.due_at > moments.at and waiting.due_at <= ${now}
      ), moments.nth + 1 from moments where moments.at is not null and moments.nth < ${MOMENTS}
    )
    select at from moments where at is not null
  ) as moments`
  return db.select({ at: sql<number>`moments.at` }).from(moments).prepare()
})

/** The person who caused a push. What nobody caused, such as a test, counts as the recipient's. */
const cause = sql`coalesce(
  ${posts.authorId}, ${notifications.actorId}, ${idIn(pushes.news, 'actorId')}, ${pushSubscriptions.userId}
)`

const atMoments = listOf('moments')

const inTurnAt = prepared((db: Reader) => {
  const { placeholder } = sql
  return db
    .select({ id: pushes.id })
    .from(atMoments.list)
    .innerJoin(
      pushes,
      sql`${pushes.id} in (
        select waiting.id from ${pushes} as waiting
        where ${waitingAt(sql`waiting`)} and waiting.due_at = ${atMoments.value}
          and not (${isAnyOf(sql`waiting.id`, 'underWay')})
        order by waiting.id limit ${placeholder('each')}
      )`,
    )
    .innerJoin(pushSubscriptions, eq(pushSubscriptions.id, pushes.subscriptionId))
    .leftJoin(posts, eq(posts.id, pushes.postId))
    .leftJoin(notifications, eq(notifications.id, pushes.noticeId))
    .orderBy(
      sql`row_number() over (partition by ${cause} order by ${pushes.dueAt}, ${pushes.id})`,
      asc(pushes.dueAt),
      asc(pushes.id),
    )
    .limit(placeholder('limit'))
    .prepare()
})

const dueAt = prepared((db: Reader) => {
  const now = sql.placeholder('now')
  const { id, handle, locale, deletedAt, suspendedAt } = users
  const { fromMinute, untilMinute, timeZone } = quietHours
  return db
    .select({
      push: pushes,
      device: pushSubscriptions,
      person: { id, handle, locale, deletedAt, suspendedAt },
      isOpen: sql<boolean>`(${isSubscriptionOpen(now)})`.mapWith(Boolean),
      quiet: { fromMinute, untilMinute, timeZone },
    })
    .from(pushes)
    .innerJoin(pushSubscriptions, eq(pushSubscriptions.id, pushes.subscriptionId))
    .innerJoin(users, eq(users.id, pushSubscriptions.userId))
    .leftJoin(quietHours, eq(quietHours.userId, pushSubscriptions.userId))
    .where(isAnyOf(pushes.id, 'ids'))
    .prepare()
})
