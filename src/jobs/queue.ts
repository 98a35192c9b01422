import { and, asc, eq, inArray, isNull, lte, type Placeholder, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { greater, isFalse, lesser } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { countChanges, prepared } from '../db/prepared'
import { type Job, type JobKind, type Jobs, type Lane, laneOf } from './kinds'
import { jobs, lanes } from './table'
import { nextTurn, turnOfRetry } from './turns'

/** How often a job runs before it dies. Its last attempt is about four minutes after the first. */
export const ATTEMPTS = 8

/**
 * Adds a job. It exists only if the surrounding transaction commits. The jobs of a lane that have owners run in turns:
 * see `nextTurn`.
 */
export async function enqueue<K extends JobKind>(
  tx: Tx,
  kind: K,
  payload: Jobs[K],
  dueAt: Date,
  ownerId?: number,
): Promise<void> {
  const lane = laneOf(kind)
  const inTurn = ownerId === undefined ? {} : { ownerId, turn: nextTurn(sql`${lane}`, sql`${ownerId}`) }
  await tx.insert(jobs).values({ kind, lane, payload, createdAt: dueAt, dueAt, ...inTurn })
}

/**
 * Adds the only job with this key. If one is already waiting, it is moved forward, and one that died begins anew. A running
 * job is left unchanged, so it has to check for new work before it ends.
 */
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
      set: {
        dueAt: ifDead(sql`excluded.due_at`, lesser(jobs.dueAt, sql`excluded.due_at`)),
        createdAt: ifDead(sql`excluded.created_at`, jobs.createdAt),
        payload: ifDead(sql`excluded.payload`, jobs.payload),
        attempts: ifDead(sql`0`, jobs.attempts),
        error: ifDead(sql`null`, jobs.error),
        diedAt: null,
      },
      setWhere: isFalse(jobs.leased),
    })
}

const ifDead = (then: SQL, otherwise: SQLWrapper): SQL =>
  sql`case when ${jobs.diedAt} is null then ${otherwise} else ${then} end`

const earliest = prepared((db: Reader) =>
  db
    .select({ dueAt: jobs.dueAt })
    .from(jobs)
    .where(and(eq(jobs.lane, sql.placeholder('lane')), isNull(jobs.diedAt)))
    .orderBy(asc(jobs.dueAt))
    .limit(1)
    .prepare(),
)

/**
 * When the next job of a lane is due, or when the lease of one that runs ends. It is in the past if one waits to run.
 */
export const nextDue = async (db: Reader, lane: Lane): Promise<Date | undefined> =>
  (await earliest(db).execute({ lane }))[0]?.dueAt

/**
 * Claims the next due job by postponing it for the length of a lease, so that it becomes due again if its worker dies.
 */
export async function claim(tx: Tx, lane: Lane, now: Date, leaseMs: number): Promise<Job | undefined> {
  const [job] = await claimNext(tx).execute({ lane, now: +now, until: +now + leaseMs })
  if (job?.turn) await reachTurn(tx).execute({ lane, turn: job.turn })
  return job
}

// Prepared, like all that each job asks.
const claimNext = prepared((tx: Tx) => {
  const due = tx
    .select({ id: jobs.id })
    .from(jobs)
    // The plus sign keeps SQLite from choosing the index of due times and sorting all due jobs.
    .where(
      and(
        eq(jobs.lane, sql.placeholder('lane')),
        isNull(jobs.diedAt),
        lte(sql`+${jobs.dueAt}`, sql.placeholder('now')),
      ),
    )
    .orderBy(asc(jobs.turn), asc(jobs.dueAt), asc(jobs.id))
    .limit(1)
  return tx
    .update(jobs)
    .set({ dueAt: sql`${sql.placeholder('until')}`, leased: true, attempts: sql`${jobs.attempts} + 1` })
    .where(inArray(jobs.id, due))
    .returning()
    .prepare()
})

const reachTurn = prepared((tx: Tx) =>
  tx
    .insert(lanes)
    .values({ lane: sql.placeholder('lane'), turn: sql.placeholder('turn') })
    .onConflictDoUpdate({ target: lanes.lane, set: { turn: greater(lanes.turn, sql`excluded.turn`) } })
    .prepare(),
)

const lease = (now: Date, ms: number) => ({ dueAt: new Date(+now + ms), leased: true })
/**
 * Matches the job only while this worker has it. The number of attempts distinguishes a worker from one that took over.
 */
const held = ({ id, attempts }: { id: number | Placeholder; attempts: number | Placeholder }) =>
  and(eq(jobs.id, id), eq(jobs.attempts, attempts))

/** Whether a worker still has its job: no other took over, and the job was not withdrawn. */
export const holdsJob = async (tx: Tx, job: Job): Promise<boolean> => (await tx.$count(jobs, held(job))) > 0

/**
 * Takes back the jobs of a kind, because nobody wants their work any more. One that runs goes on until it asks `holdsJob`,
 * and those that died stay for the staff.
 */
export const withdrawJobs = (tx: Tx, kind: JobKind, which?: SQL) =>
  tx.delete(jobs).where(and(eq(jobs.kind, kind), which, isNull(jobs.diedAt)))

/** Extends the lease of a running job, unless another worker took over. */
export const renew = (tx: Tx, job: Job, now: Date, leaseMs: number) =>
  tx.update(jobs).set(lease(now, leaseMs)).where(held(job))

/** Deletes a finished job. Returns false when another worker took over. */
export const finishJob = async (tx: Tx, { id, attempts }: Job): Promise<boolean> =>
  (await countChanges(deleteHeld(tx), { id, attempts })) > 0

const deleteHeld = prepared((tx: Tx) =>
  tx
    .delete(jobs)
    .where(held({ id: sql.placeholder('id'), attempts: sql.placeholder('attempts') }))
    .prepare(),
)

/** Makes the job due again at `dueAt`, as if it were new. */
export const postpone = (tx: Tx, job: Job, dueAt: Date) =>
  tx.update(jobs).set({ dueAt, leased: false, attempts: 0, error: null }).where(held(job))

/**
 * Stores where to continue after a crash, in the same transaction as the finished work. Throws when another worker took
 * over.
 */
export async function advance<K extends JobKind>(tx: Tx, job: Job<K>, payload: Jobs[K]): Promise<void> {
  const { id, attempts } = job
  const values = { id, attempts, payload: JSON.stringify(payload) }
  if (!(await countChanges(storePayload(tx), values))) throw new Error('the lease ran out')
}

const storePayload = prepared((tx: Tx) =>
  tx
    .update(jobs)
    .set({ payload: sql`${sql.placeholder('payload')}` })
    .where(held({ id: sql.placeholder('id'), attempts: sql.placeholder('attempts') }))
    .prepare(),
)

/** Makes the jobs of a killed server due again. Runs when the only server of a data folder starts. */
export const releaseAll = (tx: Tx, now: Date) =>
  tx
    .update(jobs)
    .set({ dueAt: now, leased: false })
    .where(and(eq(jobs.leased, true), isNull(jobs.diedAt)))

/** Returns a job unfinished because the server stops. This does not count as an attempt. */
export const giveBack = (tx: Tx, job: Job, now: Date) =>
  tx
    .update(jobs)
    .set({ dueAt: now, leased: false, attempts: job.attempts - 1 })
    .where(held(job))

/**
 * Retries the job later and behind the other jobs of its owner, doubling the delay each time. After its last attempt
 * the job stays in the table as dead, where staff can see it. Returns true when it died.
 */
export async function failJob(tx: Tx, job: Job, error: string, now: Date, mostAttempts = ATTEMPTS): Promise<boolean> {
  const wait = Math.min(3600, 2 ** job.attempts) * 1000
  const dies = job.attempts >= mostAttempts
  const fate = dies ? { diedAt: now } : { dueAt: new Date(+now + wait) }
  const rows = await tx
    .update(jobs)
    .set({ error, leased: false, turn: turnOfRetry, ...fate })
    .where(held(job))
    .returning({ id: jobs.id })
  return dies && rows.length > 0
}
