import pLimit from 'p-limit'
import type { PushContent } from '../../shapes/push'
import type { App } from '../context'
import type { Handler } from '../jobs/handler'
import type { Job } from '../jobs/kinds'
import { createGate, type Gate } from '../jobs/pace'
import { advance, done, postpone } from '../jobs/queue'
import { type Due, listDue } from './due'
import { findOrigin, type Origin } from './origins'
import { nextDueOf } from './queue'
import { type Landed, record } from './record'
import { type Fate, fateBefore, sendPush } from './send'
import { subjectsOf } from './subjects'

/** Under way at once to one service. */
const AT_ONCE = 32

/**
 * Sends what is due to one service until nothing is. There is one such job a service, so one that is slow or gone holds up nobody else,
 * and nothing is sent by two at a time. What a crash leaves unwritten is sent again, under the same topic and tag.
 */
export const send: Handler<'push.send'> = {
  attempts: Number.POSITIVE_INFINITY,
  async run(app, job, signal) {
    const { db, write, now } = app
    const { originId } = job.payload
    const origin = await findOrigin(db, originId)
    if (origin && !(origin.resumeAt && origin.resumeAt > now())) await drain(app, job, origin, signal)
    signal.throwIfAborted()
    await write(async (tx) => {
      const resumeAt = (await findOrigin(tx, originId))?.resumeAt
      const dueAt = await nextDueOf(tx, originId) // asked where the job ends, so that nothing comes in between
      if (!dueAt) return void (await done(tx, job))
      await postpone(tx, job, new Date(Math.max(+dueAt, +(resumeAt ?? 0))))
    })
  },
}

/** Looked up at once, with what they tell. */
const BATCH = 160
/** Written down together, or what there is after this long: a commit waits for the disk, and the server waits with it. */
const TOGETHER = 48
const SOON_MS = 100

/** Keeps some under way, looks up the next meanwhile, and writes down together what has come back. */
async function drain(app: App, job: Job<'push.send'>, origin: Origin, signal: AbortSignal): Promise<void> {
  const { write, now } = app
  const inTurn = pLimit(origin.failures ? 1 : AT_ONCE) // one that failed last is asked with one
  /** Looked up, and not written down yet. */
  const open = new Set<number>()
  const landed = createShore(() => open.size)
  const gate = createGate(app.traffic)
  let rests = false

  async function fly(due: Due, told: PushContent | undefined) {
    if (!rests && !signal.aborted) landed.add({ due, fate: await fateNow(app, gate, due, told) })
    else open.delete(due.push.id) // stays due
  }

  for (;;) {
    if (!signal.aborted && !rests && open.size <= BATCH / 2) {
      const next = await listDue(app.db, origin.id, [...open], BATCH - open.size, now())
      const subjects = await subjectsOf(app.db, next)
      for (const due of next) {
        open.add(due.push.id)
        void inTurn(() => fly(due, subjects.get(due.push.id)))
      }
    }
    if (!open.size) return
    const those = await landed.gather()
    if (!those.length) continue
    const resumeAt = await write(async (tx) => {
      await advance(tx, job, job.payload) // throws when another took over
      return record(tx, origin, those, now())
    })
    for (const { due } of those) open.delete(due.push.id)
    if (resumeAt) rests = true
    else if (those.some(({ fate }) => fate.kind === 'sent')) inTurn.concurrency = AT_ONCE
  }
}

/** Where they come in: gives those that have, once there are enough, or all, or it has been long enough. */
function createShore(expected: () => number) {
  const landed: Landed[] = []
  let enough = () => {}
  return {
    add(one: Landed) {
      landed.push(one)
      if (landed.length >= Math.min(TOGETHER, expected())) enough()
    },
    async gather(): Promise<Landed[]> {
      if (landed.length < Math.min(TOGETHER, expected()))
        await new Promise<void>((resolve) => {
          const alarm = setTimeout(resolve, SOON_MS)
          enough = () => {
            clearTimeout(alarm)
            resolve()
          }
        })
      return landed.splice(0)
    },
  }
}

/** Sends it, or tells what hinders. */
async function fateNow({ push: tools, now }: App, gate: Gate, due: Due, told: PushContent | undefined): Promise<Fate> {
  return fateBefore(due, told, tools, now()) ?? gate(() => sendPush(due, told ?? 'test', tools).catch(unsendable))
}

/** What cannot even be encrypted. */
const unsendable = (error: unknown): Fate => ({ kind: 'refused', detail: String(error) })
