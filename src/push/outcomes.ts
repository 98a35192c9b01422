import { eq, sql } from 'drizzle-orm'
import { isAnyOf } from '../db/columns'
import type { Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { log } from '../log'
import { measures } from '../measures'
import type { Due } from './due-pushes'
import { backOffMs, type Origin, restOrigin, retryAfterMs, trustOrigin } from './origins'
import type { Fate } from './send'
import { type Push, pushes, pushSubscriptions } from './table'

/** A push, and how the attempt to send it ended. */
export type PushResult = { due: Due; fate: Fate }

/** Records the results of pushes to one service. Returns the end of the pause if the service is now paused. */
export async function recordOutcomes(
  tx: Tx,
  origin: Origin,
  results: PushResult[],
  now: Date,
): Promise<Date | undefined> {
  for (const { fate } of results) measures.pushes[fate.kind]++
  const sent = results.filter(({ fate }) => fate.kind === 'sent')
  await recordSent(tx, sent, now)
  for (const each of results) await recordOther(tx, each, now)
  const later = results.flatMap(({ due, fate }) => (fate.kind === 'later' ? [{ push: due.push, fate }] : []))
  if (!later.length) {
    if (sent.length) await trustOrigin(tx, origin.id)
    return undefined
  }
  const asked = later.map(({ fate }) => retryAfterMs(fate.retryAfter, now) ?? 0)
  const resumeAt = await restOrigin(tx, origin.id, Math.max(...asked) || undefined, now)
  for (const each of later) await putOff(tx, each.push, each.fate, resumeAt, now)
  log.warn('Paused a push service', {
    origin: origin.origin,
    until: resumeAt,
    why: later[0]!.fate.detail,
  })
  return resumeAt
}

/** Records successes together, since nearly all pushes succeed. */
async function recordSent(tx: Tx, sent: PushResult[], now: Date) {
  for (const [status, those] of Map.groupBy(sent, ({ fate }) => ('status' in fate ? fate.status : undefined))) {
    const ids = those.map(({ due }) => due.push.id)
    await markSent(tx).execute({ now: +now, status: status ?? null, ids: JSON.stringify(ids) })
    const devices = those.map(({ due }) => due.device.id)
    await markReached(tx).execute({ now: +now, ids: JSON.stringify(devices) })
  }
}

const markSent = prepared((tx: Tx) =>
  tx
    .update(pushes)
    .set({
      doneAt: sql`${sql.placeholder('now')}`,
      outcome: 'sent',
      status: sql`${sql.placeholder('status')}`,
      detail: null,
    })
    .where(isAnyOf(pushes.id, 'ids'))
    .prepare(),
)

const markReached = prepared((tx: Tx) =>
  tx
    .update(pushSubscriptions)
    .set({ lastSuccessAt: sql`${sql.placeholder('now')}` })
    .where(isAnyOf(pushSubscriptions.id, 'ids'))
    .prepare(),
)

async function recordOther(tx: Tx, { due: { push, device }, fate }: PushResult, now: Date) {
  const about = { push: push.id, device: device.id, kind: push.kind }
  if (fate.kind === 'gone') {
    await tx.delete(pushSubscriptions).where(eq(pushSubscriptions.id, device.id))
    log.info('Removed a device that no longer accepts pushes', { ...about, why: fate.detail })
  }
  if (fate.kind === 'waits') await tx.update(pushes).set({ dueAt: fate.until }).where(eq(pushes.id, push.id))
  if (fate.kind === 'dropped') await end(tx, push, { outcome: 'dropped', detail: fate.detail }, now)
  if (fate.kind !== 'refused') return
  await end(tx, push, { outcome: 'failed', status: fate.status ?? null, detail: fate.detail }, now)
  await recordFailure(tx, device.id, fate.detail, now)
  log.warn('A push service refused a push', { ...about, why: fate.detail })
}

const end = (tx: Tx, { id }: Push, how: Partial<Push>, now: Date) =>
  tx
    .update(pushes)
    .set({ doneAt: now, ...how })
    .where(eq(pushes.id, id))

const recordFailure = (tx: Tx, deviceId: number, lastFailure: string, now: Date) =>
  tx.update(pushSubscriptions).set({ lastFailureAt: now, lastFailure }).where(eq(pushSubscriptions.id, deviceId))

/** Postpones a push behind the others of its service, and longer each time, in case this push causes the failures. */
async function putOff(tx: Tx, push: Push, { status, detail }: Fate & { kind: 'later' }, resumeAt: Date, now: Date) {
  const attempts = push.attempts + 1
  const dueAt = new Date(Math.max(+resumeAt, +now + backOffMs(attempts)))
  await tx
    .update(pushes)
    .set({ attempts, dueAt, status: status ?? null, detail })
    .where(eq(pushes.id, push.id))
  await recordFailure(tx, push.subscriptionId, detail, now)
}
