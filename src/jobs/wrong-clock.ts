import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { type JobKind, LANES, type Lane } from './kinds'
import { jobs } from './table'

const HOUR_MS = 3600_000
/** How far ahead any job may be due: the longest wait for a retry and the longest schedule. */
const MOST_AHEAD_MS = HOUR_MS
/**
 * Kinds that may be due later: payments are asked about at growing intervals, pushes wait for quiet hours to end, backups
 * for the next night, and posts for the time that their authors chose.
 */
const FURTHER_MS: Partial<Record<JobKind, number>> = {
  'checkouts.ask': 6 * HOUR_MS,
  'push.send': 25 * HOUR_MS,
  'backups.make': 25 * HOUR_MS,
  'posts.publish': 366 * 24 * HOUR_MS,
}
/** Due times that are too far ahead by less than this are left alone. */
const SLACK_MS = 60_000

const furthest = sql.join(
  Object.entries(FURTHER_MS).map(([kind, ms]) => sql`when ${kind} then ${sql.raw(String(ms))}`),
  sql` `,
)

/** Matches jobs that are due later than any job of their kind can be, because they were added under a wrong clock. */
export const tooFarAhead = (now: Date): SQL | undefined =>
  and(
    inArray(jobs.lane, Object.keys(LANES) as Lane[]),
    isNull(jobs.diedAt),
    eq(jobs.leased, false),
    sql`${jobs.dueAt} > ${+now + MOST_AHEAD_MS + SLACK_MS}`, // read from the index of due times
    sql`${jobs.dueAt} - case ${jobs.kind} ${furthest} else ${sql.raw(String(MOST_AHEAD_MS))} end > ${+now + SLACK_MS}`,
  )

/** Makes jobs due now that were postponed while the clock was ahead. Returns how many there were. */
export async function correctJobTimes(tx: Tx, now: Date): Promise<number> {
  const rows = await tx.update(jobs).set({ dueAt: now }).where(tooFarAhead(now)).returning({ id: jobs.id })
  return rows.length
}
