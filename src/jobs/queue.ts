import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { App } from '../context'
import type { Reader, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { jobs } from './table'

/** Every kind of job and what it carries. */
export type Jobs = {
  'inbox.deliver': { postId: number; after: number }
}
export type Job<K extends keyof Jobs = keyof Jobs> = { id: number; kind: K; payload: Jobs[K]; attempts: number }
/** A handler may be run twice for the same job. */
export type Handlers = { [K in keyof Jobs]: (app: App, job: Job<K>) => Promise<void> }

export const ATTEMPTS = 8

/** The job exists exactly when the transaction that asked for it commits. */
export async function enqueue<K extends keyof Jobs>(tx: Tx, kind: K, payload: Jobs[K], dueAt: Date): Promise<void> {
  await tx.insert(jobs).values({ kind, payload, dueAt })
}

const earliest = prepared((db: Reader) =>
  db.select({ dueAt: jobs.dueAt }).from(jobs).where(isNull(jobs.diedAt)).orderBy(asc(jobs.dueAt)).limit(1).prepare(),
)

export const nextDue = async (db: Reader): Promise<Date | undefined> => (await earliest(db).execute())[0]?.dueAt

/** To claim a job is to put it off by a lease: if its worker dies it is due again. */
export async function claim(tx: Tx, now: Date, leaseMs: number): Promise<Job | undefined> {
  const due = tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(isNull(jobs.diedAt), lte(jobs.dueAt, now)))
    .orderBy(asc(jobs.dueAt))
    .limit(1)
  const [job] = await tx
    .update(jobs)
    .set({ ...lease(now, leaseMs), attempts: sql`${jobs.attempts} + 1` })
    .where(inArray(jobs.id, due))
    .returning()
  if (!job || job.attempts <= ATTEMPTS) return job
  await fail(tx, job, 'The server stopped while it worked on this.', now)
}

const lease = (now: Date, ms: number) => ({ dueAt: new Date(+now + ms) })
/** The count of attempts tells a worker from the one that took over after it. */
const held = ({ id, attempts }: Job) => and(eq(jobs.id, id), eq(jobs.attempts, attempts))

export const renew = (tx: Tx, job: Job, now: Date, leaseMs: number) => tx.update(jobs).set(lease(now, leaseMs)).where(held(job))

export const done = (tx: Tx, job: Job) => tx.delete(jobs).where(held(job))

/** Where the work goes on after a crash, written together with what was done; throws when somebody else took over. */
export async function advance<K extends keyof Jobs>(tx: Tx, job: Job<K>, payload: Jobs[K]): Promise<void> {
  const rows = await tx.update(jobs).set({ payload }).where(held(job)).returning({ id: jobs.id })
  if (!rows.length) throw new Error('the lease ran out')
}

/** Again later, each time twice as late; after the last attempt it stays, dead, for the staff to see. */
export async function fail(tx: Tx, job: Job, error: string, now: Date): Promise<void> {
  const wait = Math.min(3600, 2 ** job.attempts) * 1000
  const fate = job.attempts >= ATTEMPTS ? { diedAt: now } : { dueAt: new Date(+now + wait) }
  await tx
    .update(jobs)
    .set({ error, ...fate })
    .where(held(job))
}
