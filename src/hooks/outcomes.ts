import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { log } from '../log'
import { notify } from '../notifications/model'
import { NOTES } from '../notifications/notes'
import { retryAfterMs } from '../push/origins'
import { type Hook, type HookDelivery, hookDeliveries, hooks } from './table'

/** How an attempt ended. */
export type Fate =
  | { kind: 'delivered'; status: number }
  /** There is nothing to tell any more. */
  | { kind: 'dropped'; detail: string }
  | { kind: 'failed'; status?: number; detail: string; retryAfter?: string | undefined }

const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3600_000]
/** How long after each failed attempt the next one is made: the schedule of Standard Webhooks, over three days. */
export const RETRY_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
]
/** A hook whose address accepted nothing for this long is turned off. */
const DEAD_MS = 5 * 24 * HOUR
/** The address says with this status that it wants to hear nothing more. */
const GONE = 410

/** Records how an attempt ended. */
export async function recordFate(tx: Tx, hook: Hook, delivery: HookDelivery, fate: Fate, now: Date): Promise<void> {
  if (fate.kind === 'dropped') return finish(tx, delivery, { outcome: 'dropped', detail: fate.detail, doneAt: now })
  const attempts = delivery.attempts + 1
  if (fate.kind === 'delivered') {
    await finish(tx, delivery, { outcome: 'delivered', status: fate.status, detail: null, attempts, doneAt: now })
    const well = { lastSuccessAt: now, failingSince: null, failures: 0, resumeAt: null, problem: null }
    await tx.update(hooks).set(well).where(eq(hooks.id, hook.id))
    return
  }
  const { status = null, detail } = fate
  const wait = RETRY_MS[attempts - 1]
  if (wait === undefined) await finish(tx, delivery, { outcome: 'failed', status, detail, attempts, doneAt: now })
  else await finish(tx, delivery, { status, detail, attempts, dueAt: new Date(+now + wait) })
  await recordFailure(tx, hook, fate, now)
}

const finish = async (tx: Tx, { id }: HookDelivery, how: Partial<HookDelivery>) =>
  void (await tx.update(hookDeliveries).set(how).where(eq(hookDeliveries.id, id)))

/** Pauses the hook, longer each time, and turns it off when its address has been dead for days or says that it is gone. */
async function recordFailure(tx: Tx, hook: Hook, { status, detail, retryAfter }: Fate & { kind: 'failed' }, now: Date) {
  const failures = hook.failures + 1
  const failingSince = hook.failingSince ?? now
  const isDead = status === GONE || +now - +failingSince > DEAD_MS
  const pause = retryAfterMs(retryAfter, now) ?? Math.min(HOUR, 5 * SECOND * 2 ** Math.min(failures - 1, 20))
  const state = { failures, failingSince, problem: detail, resumeAt: new Date(+now + pause) }
  const [turnedOff] = await tx
    .update(hooks)
    .set({ ...state, ...(isDead && { disabledAt: now }) })
    .where(and(eq(hooks.id, hook.id), isNull(hooks.disabledAt)))
    .returning({ disabledAt: hooks.disabledAt })
  if (!turnedOff?.disabledAt) return
  log.warn('Turned off a webhook', { hook: hook.id, why: detail })
  await notify(tx, { userId: hook.userId, kind: 'staff', note: NOTES.hookDisabled.note, at: now })
}
