import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import { Problem } from '../problem'
import { type JobRow, jobs } from './table'
import { turnOfRetry } from './turns'

/** Lists jobs for staff, newest first. */
export async function listJobs(db: Reader, wanted: Wanted) {
  const rows = await db
    .select()
    .from(jobs)
    .where(before(wanted.cursor, jobs.createdAt, jobs.id))
    .orderBy(desc(jobs.createdAt), desc(jobs.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/** Counts the jobs that failed for good. */
export const countDead = (db: Reader): Promise<number> => db.$count(jobs, isNotNull(jobs.diedAt))

/**
 * Makes a job due at once with all its attempts, whether it died or waits for its next attempt. A running job is left
 * alone, and a finished job is not found.
 */
export async function retryJob(tx: Tx, id: number, now: Date): Promise<JobRow> {
  const retried = await tx
    .update(jobs)
    .set({ dueAt: now, attempts: 0, diedAt: null, turn: turnOfRetry })
    .where(and(eq(jobs.id, id), eq(jobs.leased, false)))
    .returning()
  const [job] = retried.length ? retried : await tx.select().from(jobs).where(eq(jobs.id, id))
  if (!job) throw new Problem('not_found', 'This job has already finished.')
  return job
}
