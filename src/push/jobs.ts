import type { App } from '../context'
import type { Handler } from '../jobs/handler'
import type { Job } from '../jobs/kinds'
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

/** Keeps a few under way, and writes down together what comes back together. */
async function drain(app: App, job: Job<'push.send'>, origin: Origin, signal: AbortSignal): Promise<void> {
  const { write, now } = app
  const flying = new Map<number, Promise<unknown>>()
  const landed: Landed[] = []
  let most = origin.failures ? 1 : AT_ONCE // one that failed last is asked with one
  let rests = false
  for (;;) {
    if (!signal.aborted && !rests && flying.size <= most / 2)
      for (const [due, fate] of await launch(app, origin, [...flying.keys()], most - flying.size))
        flying.set(
          due.push.id,
          fate.then((fate) => landed.push({ due, fate })),
        )
    if (!flying.size) return
    await Promise.race(flying.values())
    const those = landed.splice(0)
    const resumeAt = await write(async (tx) => {
      await advance(tx, job, job.payload) // throws when another took over
      return record(tx, origin, those, now())
    })
    for (const { due } of those) flying.delete(due.push.id)
    if (resumeAt) rests = true
    else if (those.some(({ fate }) => fate.kind === 'sent')) most = AT_ONCE
  }
}

/** Sends the next few, or tells what hinders. */
async function launch({ db, push: tools, now }: App, { id }: Origin, underWay: number[], limit: number): Promise<[Due, Promise<Fate>][]> {
  const due = await listDue(db, id, underWay, limit, now())
  const subjects = await subjectsOf(db, due)
  return due.map((each) => {
    const told = subjects.get(each.push.id)
    const fate = fateBefore(each, told, tools, now())
    return [each, fate ? Promise.resolve(fate) : sendPush(each, told ?? 'test', tools).catch(unsendable)]
  })
}

/** What cannot even be encrypted. */
const unsendable = (error: unknown): Fate => ({ kind: 'refused', detail: String(error) })
