import type { App } from '../context'
import { isNews } from '../db/away'
import { isOutOfRoom } from '../disk'
import { log } from '../log'
import { measures } from '../measures'
import { StoreAway } from '../media/away'
import type { Handler, Handlers } from './handler'
import { GiveUp } from './handler'
import { type Job, type JobKind, LANES, type Lane } from './kinds'
import { ATTEMPTS, claim, failJob, finishJob, giveBack, nextDue, postpone, releaseAll, renew } from './queue'
import { schedule } from './schedule'
import { jobs } from './table'

const LEASE_MS = 30_000
const LONGEST_MS = 3600_000
const NEVER = new AbortController().signal

type Run = { handlers: Handlers; leaseMs?: number; signal?: AbortSignal }

/** Runs one due job of a lane. Returns false when no job is due. */
export async function runNext(app: App, lane: Lane, run: Run): Promise<boolean> {
  const job = await app.write((tx) => claim(tx, lane, app.now(), run.leaseMs ?? LEASE_MS))
  if (job) await work(app, job, run)
  return !!job
}

async function work(app: App, job: Job, { handlers, leaseMs = LEASE_MS, signal = NEVER }: Run) {
  const handler = handlers[job.kind] as Handler<JobKind>
  if (job.attempts > mostOf(handler))
    return recordFailure(app, handler, job, 'The server stopped while this job was running.')
  const lost = (error: unknown) =>
    isNews(error) && log.error('Could not renew the lease of a job', { job: job.id, error })
  const renewal = setInterval(() => void app.write((tx) => renew(tx, job, app.now(), leaseMs)).catch(lost), leaseMs / 3)
  try {
    await handler.run(app, job, signal)
    await app.write((tx) => finishJob(tx, job))
    measures.jobs.done++
  } catch (error) {
    if (signal.aborted) await app.write((tx) => giveBack(tx, job, app.now()))
    else if (error instanceof StoreAway) await waitFor(app, job, error)
    else await recordFailure(app, handler, job, error, error instanceof GiveUp ? 0 : mostOf(handler))
  } finally {
    clearInterval(renewal)
  }
}

/** Tries again when the store may be back, however often that takes. The job has done nothing wrong. */
async function waitFor(app: App, job: Job, { retryMs, reason }: StoreAway) {
  log.warn('A job waits for the bucket', { job: job.id, kind: job.kind, reason })
  await app.write((tx) => postpone(tx, job, new Date(+app.now() + retryMs)))
}

const mostOf = ({ attempts = ATTEMPTS }: Handler<JobKind>) => attempts

/** Records a failed attempt. After the last one the job dies, and its handler is told in the same commit. */
async function recordFailure(app: App, handler: Handler<JobKind>, job: Job, error: unknown, most = mostOf(handler)) {
  const shown = isOutOfRoom(error) ? error : String(error)
  measures.jobs.failed++
  log.warn('A job failed', { job: job.id, kind: job.kind, attempt: job.attempts, error: shown })
  await app.write(async (tx) => {
    const died = await failJob(tx, job, String(error), app.now(), most)
    if (died) await handler.died?.(tx, job, app.now())
  })
}

/** Runs due jobs, then sleeps until a commit or the clock wakes it. Returns a function that stops it. */
export function startJobs(app: App, handlers: Handlers): () => Promise<void> {
  const stopping = new AbortController()
  const begin = app.write(async (tx) => {
    if (!app.isShared) await releaseAll(tx, app.now()) // otherwise another server may be running them
    await schedule(tx, 'upkeep.sweep', app.now())
    if (app.mailer) await schedule(tx, 'mail.rounds', app.now())
  })
  begin.catch((error) => log.error('Could not resume unfinished jobs', { error }))
  const lanes = (Object.keys(LANES) as Lane[]).map((lane) =>
    startLane(app, lane, { handlers, signal: stopping.signal }),
  )
  return async () => {
    stopping.abort()
    await Promise.all(lanes.map((stop) => stop()))
  }
}

/**
 * How many jobs of a lane may run at once. One photo more than are processed waits for its turn, so that no child of the
 * media worker is idle while the renditions of another photo are stored.
 */
const slotsOf = (app: App, lane: Lane) => (lane === 'media' ? app.mediaWorker.photosAtOnce + 1 : LANES[lane])

/** Starts the loop of one lane. It looks for due jobs once at a time, however many jobs may run at once. */
function startLane(app: App, lane: Lane, run: Run & { signal: AbortSignal }): () => Promise<void> {
  const slots = slotsOf(app, lane)
  const running = new Set<Promise<void>>()
  let looking: Promise<void> | undefined
  let woken = false
  let alarm: Timer | undefined

  async function look() {
    while (woken && !run.signal.aborted && running.size < slots) {
      woken = false // a change from here on triggers another look
      const wait = await startDue().catch(tooBusy)
      clearTimeout(alarm)
      if (wait > 0) alarm = setTimeout(wake, wait)
      else woken = true
    }
    looking = undefined
  }

  /** Starts one due job. Returns the time until the next job is due. */
  async function startDue(): Promise<number> {
    const wait = Math.min(LONGEST_MS, +((await nextDue(app.db, lane)) ?? Infinity) - +app.now())
    const job = wait <= 0 && (await app.write((tx) => claim(tx, lane, app.now(), LEASE_MS)))
    if (job) track(work(app, job, run))
    return wait
  }

  function track(one: Promise<void>) {
    const finished = one
      .catch((error) => log.error('Could not record that a job finished', { lane, error }))
      .finally(() => {
        running.delete(finished)
        wake()
      })
    running.add(finished)
  }

  const tooBusy = (error: unknown) => {
    if (isNews(error)) log.error('Could not read the jobs that are due', { lane, error })
    return 1000
  }

  /**
   * Looks for due jobs. While all slots of the lane are taken this is pointless, and the next job that finishes looks
   * again.
   */
  function wake() {
    woken = true
    if (running.size < slots) looking ??= look()
  }

  app.onChange(wake, [jobs])
  wake()
  return async () => {
    clearTimeout(alarm)
    await looking
    await Promise.all(running)
  }
}
