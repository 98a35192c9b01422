import { and, eq, isNull } from 'drizzle-orm'
import type { App } from '../context'
import type { Id } from '../db/columns'
import type { Reader } from '../db/open'
import type { Handler } from '../jobs/handler'
import { advance, finishJob, postpone } from '../jobs/queue'
import type { Person } from '../ports/people'
import { isOpenSession } from '../sessions/model'
import { present } from '../users/person'
import { person, users } from '../users/table'
import { removeHook } from './model'
import { recordFate } from './outcomes'
import { nextDelivery, nextDueOfHook, spreadPost } from './queue'
import { sendMessage } from './send'
import { type Hook, hooks } from './table'

/** How long messages wait while their owner is suspended. */
const WAIT_MS = 3600_000

/** Tells hooks of a new post. */
export const spread: Handler<'hooks.spread'> = {
  run: ({ write }, { payload }) => write((tx) => spreadPost(tx, payload.postId)),
}

type Ready = { hook: Hook; owner: Person }

/** Finds a hook that may be told something now, with its owner. */
async function findReady({ db, now }: Pick<App, 'db' | 'now'>, id: Id<'hook'>): Promise<Ready | undefined> {
  const [found] = await db
    .select({ hook: hooks, owner: person })
    .from(hooks)
    .innerJoin(users, eq(users.id, hooks.userId))
    .where(and(eq(hooks.id, id), isNull(hooks.disabledAt), present))
  if (!found || (found.hook.resumeAt && found.hook.resumeAt > now())) return undefined
  return found
}

const isEnded = async (db: Reader, { userId, sessionId }: Hook, now: Date) =>
  sessionId !== null && !(await isOpenSession(db, { userId, sessionId }, now))

/**
 * Sends what is due to one hook, one message after the other, until none is left or one fails. Each hook has one such job,
 * so an address that does not answer delays no other. After a crash the message that was under way is sent again under
 * the same id.
 */
export const send: Handler<'hooks.send'> = {
  attempts: Number.POSITIVE_INFINITY,
  async run(app, job, signal) {
    const { db, write, now } = app
    const { hookId } = job.payload
    for (;;) {
      signal.throwIfAborted()
      const ready = await findReady(app, hookId)
      if (ready && (await isEnded(db, ready.hook, now()))) {
        await write((tx) => removeHook(tx, { id: ready.hook.userId }, hookId))
        continue
      }
      const delivery = ready && (await nextDelivery(db, hookId, now()))
      if (!delivery) break
      const fate = await sendMessage(app, ready.hook, ready.owner, delivery)
      await write(async (tx) => {
        await advance(tx, job, job.payload) // throws when another worker has taken over the job
        await recordFate(tx, ready.hook, delivery, fate, now())
      })
    }
    await write(async (tx) => {
      const [hook] = await tx.select().from(hooks).where(eq(hooks.id, hookId))
      const dueAt = await nextDueOfHook(tx, hookId) // read in the transaction that ends the job, so that none is missed
      if (!dueAt || !hook || hook.disabledAt) return void (await finishJob(tx, job))
      // What is due although it was not sent waits for its owner, who is suspended.
      const next = Math.max(+dueAt, +(hook.resumeAt ?? 0))
      await postpone(tx, job, new Date(next > +now() ? next : +now() + WAIT_MS))
    })
  },
}
