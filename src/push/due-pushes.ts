import { and, asc, eq, isNull, lte, not, sql } from 'drizzle-orm'
import { isAnyOf } from '../db/columns'
import type { Reader } from '../db/open'
import { prepared } from '../db/prepared'
import type { QuietHours } from '../notifications/quiet'
import { quietHours } from '../notifications/table'
import { users } from '../users/table'
import { isOpen } from './model'
import { type Push, pushes, pushSubscriptions, type Subscription } from './table'

type Recipient = Pick<typeof users.$inferSelect, 'id' | 'handle' | 'locale' | 'deletedAt' | 'suspendedAt'>
export type Due = { push: Push; device: Subscription; person: Recipient; isOpen: boolean; quiet: QuietHours | null }

/** Lists pushes of a service that are due, oldest first, without those already being sent. */
export const listDue = (db: Reader, originId: number, underWay: number[], limit: number, now: Date): Promise<Due[]> =>
  dueAt(db).execute({ originId, underWay: JSON.stringify(underWay), limit, now: +now })

const dueAt = prepared((db: Reader) => {
  const now = sql.placeholder('now')
  const { id, handle, locale, deletedAt, suspendedAt } = users
  const { fromMinute, untilMinute, timeZone } = quietHours
  return db
    .select({
      push: pushes,
      device: pushSubscriptions,
      person: { id, handle, locale, deletedAt, suspendedAt },
      isOpen: sql<boolean>`(${isOpen(now)})`.mapWith(Boolean),
      quiet: { fromMinute, untilMinute, timeZone },
    })
    .from(pushes)
    .innerJoin(pushSubscriptions, eq(pushSubscriptions.id, pushes.subscriptionId))
    .innerJoin(users, eq(users.id, pushSubscriptions.userId))
    .leftJoin(quietHours, eq(quietHours.userId, pushSubscriptions.userId))
    .where(
      and(
        eq(pushes.originId, sql.placeholder('originId')),
        isNull(pushes.doneAt),
        lte(pushes.dueAt, now),
        not(isAnyOf(pushes.id, 'underWay')),
      ),
    )
    .orderBy(asc(pushes.dueAt), asc(pushes.id))
    .limit(sql.placeholder('limit'))
    .prepare()
})
