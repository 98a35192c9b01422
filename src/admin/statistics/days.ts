import { and, gte, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { StatisticsJson } from '../../../shapes/statistics'
import { dayOf } from '../../db/calendar'
import type { Reader } from '../../db/open'
import { prepared } from '../../db/prepared'
import { purchases } from '../../library/table'
import { listMeasurements } from '../../measurements/model'
import type { Measurement } from '../../measurements/table'
import { posts } from '../../posts/table'
import { beginOf, daysOf, offsetsOf, type Span } from '../../time-zone'
import { users } from '../../users/table'

/** Counts the rows of each day, or sums up a column of them. */
const byDay = (
  from: typeof users | typeof posts | typeof purchases,
  at: Parameters<typeof dayOf>[0],
  which: SQL | undefined,
  value: SQL<number> = sql<number>`count(*)`,
) =>
  prepared((db: Reader) => {
    const day = dayOf(at, sql.placeholder('offsets')).as('day')
    return db
      .select({ day, value: value.mapWith(Number) })
      .from(from)
      .where(and(which, gte(at, sql.placeholder('since'))))
      .groupBy(sql`${day}`)
      .prepare()
  })

const joined = byDay(users, users.createdAt, isNull(users.deletedAt))
const published = byDay(posts, posts.publishedAt, and(isNotNull(posts.publishedAt), isNull(posts.deletedAt)))
const paid = byDay(purchases, purchases.at, isNull(purchases.endedAt), sql<number>`sum(${purchases.price})`)

/**
 * Counts the events of each day of the span, oldest first. Days are those of the reader; measurements are daily in UTC.
 */
export async function statisticsByDay(db: Reader, span: Span): Promise<StatisticsJson['days']> {
  const since = beginOf(span)
  const values = { since, offsets: JSON.stringify(offsetsOf(span.timeZone, span.now)) }
  const numbers = async (query: ReturnType<typeof byDay>) =>
    new Map((await query(db).execute(values)).map(({ day, value }) => [day, value]))
  const [people, shown, coins] = [await numbers(joined), await numbers(published), await numbers(paid)]
  const measured = new Map((await listMeasurements(db, new Date(since))).map((row) => [row.day, row]))
  return daysOf(span).map((midnight) => {
    const day = new Date(midnight).toISOString().slice(0, 10)
    const found = measured.get(day)
    return {
      day,
      people: people.get(day) ?? 0,
      posts: shown.get(day) ?? 0,
      coins: coins.get(day) ?? 0,
      jobsDone: found?.jobsDone ?? 0,
      jobsFailed: found?.jobsFailed ?? 0,
      pushesSent: found?.pushesSent ?? 0,
      pushesFailed: found?.pushesFailed ?? 0,
      space: found ? spaceOf(found) : null,
    }
  })
}

const spaceOf = ({ originals, renditions, rowBytes: database, uploads, exports, backups }: Measurement) => ({
  originals,
  renditions,
  database,
  uploads,
  exports,
  backups,
})
