import pLimit from 'p-limit'
import type { PushContent } from '../../shapes/push'
import type { App } from '../context'
import type { Tx } from '../db/open'
import { type Handler, REPEATABLE } from '../jobs/handler'
import type { Job } from '../jobs/kinds'
import { createGate, type Gate } from '../jobs/pace'
import { advance, finishJob, postpone } from '../jobs/queue'
import { contentsOf } from './contents'
import { type Due, listDue } from './due-pushes'
import { lookUpOrigin, type Origin } from './origins'
import { type PushResult, recordOutcomes } from './outcomes'
import { nextDueOf } from './queue'
import { type Fate, reasonNotToSend, sendPush } from './send'

/** The number of requests to one service at a time. */
const AT_ONCE = 32

/**
 * Sends the due pushes of one service until none is left. Each service has one such job, so a slow or unreachable one
 * delays no other, and no push is sent by two workers. A push whose result is lost in a crash is sent again under the
 * same topic and tag.
 */
export const send: Handler<'push.send'> = {
  attempts: Number.POSITIVE_INFINITY,
  async run(app, job, signal) {
    const { db, write, now } = app
    const { originId } = job.payload
    const origin = await lookUpOrigin(db, originId)
    if (origin && !(origin.resumeAt && origin.resumeAt > now())) await drain(app, job, origin, signal)
    signal.throwIfAborted()
    await write(async (tx) => {
      const resumeAt = (await lookUpOrigin(tx, originId))?.resumeAt
      // Read in the transaction that ends the job, so that no new push is missed.
      const dueAt = await nextDueOf(tx, originId)
      if (!dueAt) return void (await finishJob(tx, job))
      await postpone(tx, job, new Date(Math.max(+dueAt, +(resumeAt ?? 0))))
    })
  },
}

/** The number of pushes loaded at a time, with their content. */
const BATCH = 160
/**
 * Results are recorded together once there are this many, or after this long, since every commit makes the server wait
 * for the disk.
 */
const TOGETHER = 48
const SOON_MS = 100

/** Keeps several pushes in flight, loads the next ones meanwhile, and records results in batches. */
async function drain(app: App, job: Job<'push.send'>, origin: Origin, signal: AbortSignal): Promise<void> {
  const { write, now } = app
  const inTurn = pLimit(origin.failures ? 1 : AT_ONCE) // A service that failed last gets one request at a time.
  /** Pushes that are loaded but whose result is not recorded yet. */
  const inFlight = new Set<number>()
  const results = createResults(() => inFlight.size)
  const gate = createGate(app.traffic)
  let isPaused = false
  async function sendOne(due: Due, content: PushContent | undefined) {
    if (!isPaused && !signal.aborted) results.add({ due, fate: await fateNow(app, gate, due, content) })
    else inFlight.delete(due.push.id) // The push stays due.
  }
  for (;;) {
    if (!signal.aborted && !isPaused && inFlight.size <= BATCH / 2) {
      const next = await listDue(app.db, origin.id, [...inFlight], BATCH - inFlight.size, now())
      const contents = await contentsOf(app.db, next)
      for (const due of next) {
        inFlight.add(due.push.id)
        void inTurn(() => sendOne(due, contents.get(due.push.id)))
      }
    }
    if (!inFlight.size) return
    const ended = await results.gather()
    if (!ended.length) continue
    const record = async (tx: Tx) => {
      await advance(tx, job, job.payload) // Throws when another worker has taken over the job.
      return recordOutcomes(tx, origin, ended, now())
    }
    const resumeAt = await write(record, REPEATABLE)
    for (const { due } of ended) inFlight.delete(due.push.id)
    if (resumeAt) isPaused = true
    else if (ended.some(({ fate }) => fate.kind === 'sent')) inTurn.concurrency = AT_ONCE
  }
}

/** Collects results. `gather` returns them once there are enough, once all are in, or after a while. */
function createResults(expected: () => number) {
  const results: PushResult[] = []
  let enough = () => {}
  return {
    add(one: PushResult) {
      results.push(one)
      if (results.length >= Math.min(TOGETHER, expected())) enough()
    },
    async gather(): Promise<PushResult[]> {
      if (results.length < Math.min(TOGETHER, expected()))
        await new Promise<void>((resolve) => {
          const alarm = setTimeout(resolve, SOON_MS)
          enough = () => {
            clearTimeout(alarm)
            resolve()
          }
        })
      return results.splice(0)
    },
  }
}

/** Sends the push, or returns why it is not sent. */
async function fateNow(
  { push: tools, now }: App,
  gate: Gate,
  due: Due,
  content: PushContent | undefined,
): Promise<Fate> {
  return (
    reasonNotToSend(due, content, tools, now()) ?? gate(() => sendPush(due, content ?? 'test', tools).catch(unsendable))
  )
}

/** The fate of a push that cannot even be encrypted. */
const unsendable = (error: unknown): Fate => ({ kind: 'refused', detail: String(error) })
