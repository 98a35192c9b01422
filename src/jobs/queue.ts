import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { type Job, type JobKind, type Jobs, type Lane, laneOf } from './kinds'
import { jobs } from './table'

export const ATTEMPTS = 8

/** The job exists exactly when the transaction that asked for it commits. */
export async function enqueue<K extends JobKind>(tx: Tx, kind: K, payload: Jobs[K], dueAt: Date): Promise<void> {
  await tx.insert(jobs).values({ kind, lane: laneOf(kind), payload, createdAt: dueAt, dueAt })
}

/** The one job with this key: made, or if it waits already, brought forward. One at work stays as it is and has to look once more before it ends. */
export async function enqueueOnce<K extends JobKind>(
  tx: Tx,
  kind: K,
  key: string,
  payload: Jobs[K],
  dueAt: Date,
): Promise<void> {
  await tx
    .insert(jobs)
    .values({ kind, key, lane: laneOf(kind), payload, createdAt: dueAt, dueAt })
    .onConflictDoUpdate({
      target: jobs.key,
      targetWhere: sql`key is not null`,
      set: { dueAt: sql`min(${jobs.dueAt}, excluded.due_at)` },
      setWhere: sql`${jobs.leased} = 0`,
    })
}

const earliest = prepared((db: Reader) =>
  db
    .select({ dueAt: jobs.dueAt })
    .from(jobs)
    .where(and(eq(jobs.lane, sql.placeholder('lane')), isNull(jobs.diedAt)))
    .orderBy(asc(jobs.dueAt))
    .limit(1)
    .prepare(),
)

export const nextDue = async (db: Reader, lane: Lane): Promise<Date | undefined> =>
  (await earliest(db).execute({ lane }))[0]?.dueAt

/** To claim a job is to put it off by a lease: if its worker dies it is due again. */
export async function claim(tx: Tx, lane: Lane, now: Date, leaseMs: number): Promise<Job | undefined> {
  const due = tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.lane, lane), isNull(jobs.diedAt), lte(jobs.dueAt, now)))
    .orderBy(asc(jobs.dueAt), asc(jobs.id))
    .limit(1)
  const [job] = await tx
    .update(jobs)
    .set({ ...lease(now, leaseMs), attempts: sql`${jobs.attempts} + 1` })
    .where(inArray(jobs.id, due))
    .returning()
  return job
}

const lease = (now: Date, ms: number) => ({ dueAt: new Date(+now + ms), leased: true })
/** The count of attempts tells a worker from the one that took over after it. */
const held = ({ id, attempts }: Job) => and(eq(jobs.id, id), eq(jobs.attempts, attempts))

export const renew = (tx: Tx, job: Job, now: Date, leaseMs: number) =>
  tx.update(jobs).set(lease(now, leaseMs)).where(held(job))

/** False when somebody else took over. */
export async function done(tx: Tx, job: Job): Promise<boolean> {
  return (await tx.delete(jobs).where(held(job)).returning({ id: jobs.id })).length > 0
}

/** Done for now, and due again then, as if it were new. */
export const postpone = (tx: Tx, job: Job, dueAt: Date) =>
  tx.update(jobs).set({ dueAt, leased: false, attempts: 0, error: null }).where(held(job))

/** Where the work goes on after a crash, written together with what was done; throws when somebody else took over. */
export async function advance<K extends JobKind>(tx: Tx, job: Job<K>, payload: Jobs[K]): Promise<void> {
  const rows = await tx.update(jobs).set({ payload }).where(held(job)).returning({ id: jobs.id })
  if (!rows.length) throw new Error('the lease ran out')
}

/** What a server that was killed had in hand is due again; for the start of the only server of a data folder. */
export const releaseAll = (tx: Tx, now: Date) =>
  tx
    .update(jobs)
    .set({ dueAt: now, leased: false })
    .where(and(eq(jobs.leased, true), isNull(jobs.diedAt)))

/** Given back as it was when the server stops: an attempt that was not one. */
export const giveBack = (tx: Tx, job: Job, now: Date) =>
  tx
    .update(jobs)
    .set({ dueAt: now, leased: false, attempts: job.attempts - 1 })
    .where(held(job))

/** Again later, each time twice as late; after the last attempt it stays, dead, for the staff to see. True when it died. */
export async function fail(tx: Tx, job: Job, error: string, now: Date, mostAttempts = ATTEMPTS): Promise<boolean> {
  const wait = Math.min(3600, 2 ** job.attempts) * 1000
  const dies = job.attempts >= mostAttempts
  const fate = dies ? { diedAt: now } : { dueAt: new Date(+now + wait) }
  const rows = await tx
    .update(jobs)
    .set({ error, leased: false, ...fate })
    .where(held(job))
    .returning({ id: jobs.id })
  return dies && rows.length > 0
}
