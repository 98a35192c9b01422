import { and, desc, eq, gt, gte, inArray, or, sql } from 'drizzle-orm'
import { dayOf } from '../../db/calendar'
import type { Reader } from '../../db/open'
import { prepared } from '../../db/prepared'
import type { Person } from '../../ports/people'
import { posts } from '../../posts/table'
import { beginOf, daysOf, offsetsOf, type Span } from '../../time-zone'
import { ofWallet } from '../ledger'
import { coinAccounts, entries, transfers } from '../table'

const MOST_POSTS = 50

/** Amounts in coins. `earned` is sales and tips minus fees; refunds are counted separately in `takenBack`. */
export type Earned = { sales: number; tips: number; fees: number; earned: number; takenBack: number }
export type DayEarned = Earned & { day: string }
/** The earnings of a post. `postId` is null for tips without a post, and `times` is the number of sales. */
export type PostEarned = {
  postId: number | null
  caption: string | null
  times: number
  sales: number
  tips: number
  earned: number
}

const ofKind = (kind: 'sale' | 'tip' | 'fee' | 'reversal') =>
  sql<number>`coalesce(sum(case when ${entries.kind} = ${kind} then ${entries.coins} else 0 end), 0)`
const sums = { sales: ofKind('sale'), tips: ofKind('tip'), fees: ofKind('fee'), takenBack: ofKind('reversal') }

/** Selects entries that credit or take back earnings. Repaid debts are left out, since they were counted before. */
const earnedSince = () => {
  const gained = and(
    inArray(transfers.kind, ['purchase', 'gift', 'look', 'tip']),
    or(inArray(entries.kind, ['sale', 'fee']), and(eq(entries.kind, 'tip'), gt(entries.coins, 0))),
  )
  const lost = and(eq(transfers.kind, 'refund'), eq(entries.kind, 'reversal'))
  return and(gte(entries.at, sql.placeholder('since')), or(gained, lost))
}

/** Lists the earnings of each day of the span, oldest first, including days without earnings. */
export async function earnedByDay(db: Reader, me: Pick<Person, 'id'>, span: Span): Promise<DayEarned[]> {
  const offsets = JSON.stringify(offsetsOf(span.timeZone, span.now))
  const rows = await byDay(db).execute({ id: me.id, since: beginOf(span), offsets })
  const earned = new Map(rows.map((row) => [row.day, row]))
  return daysOf(span).map((midnight) => {
    const day = new Date(midnight).toISOString().slice(0, 10)
    return { day, ...totalOf(earned.get(day)) }
  })
}

const byDay = prepared((db: Reader) => {
  const day = dayOf(entries.at, sql.placeholder('offsets')).as('day')
  return db
    .select({ day, ...sums })
    .from(entries)
    .innerJoin(coinAccounts, ofWallet(sql.placeholder('id')))
    .innerJoin(transfers, eq(transfers.id, entries.transferId))
    .where(earnedSince())
    .groupBy(sql`${day}`)
    .prepare()
})

type Sums = { sales: number; tips: number; fees: number; takenBack: number }

function totalOf({ sales, tips, fees, takenBack }: Sums = { sales: 0, tips: 0, fees: 0, takenBack: 0 }): Earned {
  return { sales, tips, fees: Math.abs(fees), earned: sales + tips + fees, takenBack: Math.abs(takenBack) }
}

/** Adds up days of earnings, in coins. */
export const sumOf = (days: Earned[]): Earned => {
  const total = (name: keyof Earned) => days.reduce((sum, day) => sum + day[name], 0)
  return {
    sales: total('sales'),
    tips: total('tips'),
    fees: total('fees'),
    earned: total('earned'),
    takenBack: total('takenBack'),
  }
}

/** Lists the posts with the highest earnings in the span, at most 50. */
export const earnedByPost = (db: Reader, me: Pick<Person, 'id'>, span: Span): Promise<PostEarned[]> =>
  byPost(db).execute({ id: me.id, since: beginOf(span) })

const byPost = prepared((db: Reader) => {
  const earned = sql<number>`${sums.sales} + ${sums.tips} + ${sums.fees}`
  return db
    .select({
      postId: transfers.postId,
      caption: posts.caption,
      times: sql<number>`coalesce(sum(case when ${entries.kind} = 'sale' then 1 else 0 end), 0)`,
      sales: sums.sales,
      tips: sums.tips,
      earned: earned.as('earned'),
    })
    .from(entries)
    .innerJoin(coinAccounts, ofWallet(sql.placeholder('id')))
    .innerJoin(transfers, eq(transfers.id, entries.transferId))
    .leftJoin(posts, eq(posts.id, transfers.postId))
    .where(and(earnedSince(), inArray(entries.kind, ['sale', 'tip', 'fee'])))
    .groupBy(transfers.postId, posts.caption)
    .orderBy(desc(earned), desc(transfers.postId))
    .limit(MOST_POSTS)
    .prepare()
})
