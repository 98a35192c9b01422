import { and, eq, gt, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { pushOrigins } from './table'

export type Origin = typeof pushOrigins.$inferSelect

/** The bounds of a pause, whatever a service asks for. */
const LONGEST_MS = 3600_000
const SHORTEST_MS = 1000

/** Looks up a push service, which is forgotten when nobody uses it any longer. */
export async function lookUpOrigin(db: Reader, id: number): Promise<Origin | undefined> {
  const [origin] = await db.select().from(pushOrigins).where(eq(pushOrigins.id, id))
  return origin
}

/**
 * Parses `Retry-After`, in seconds or as a date (RFC 9110, 10.2.3). Returns milliseconds, or undefined when it is
 * unusable.
 */
export function retryAfterMs(text: string | undefined, now: Date): number | undefined {
  if (!text) return undefined
  const ms = /^\s*\d+\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - +now
  return Number.isNaN(ms) ? undefined : bounded(ms)
}

const bounded = (ms: number) => Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ms))

/** Returns a second for the first failure, and twice as long for each further one. */
export const backOffMs = (failures: number) => bounded(SHORTEST_MS * 2 ** Math.min(failures, 20))

/**
 * Pauses the whole service for as long as it asked, or longer each time otherwise, and returns the end of the pause.
 * Pushes in flight together fail together, and count as one failure.
 */
export async function restOrigin(tx: Tx, id: number, askedMs: number | undefined, now: Date): Promise<Date> {
  const { failures, resumeAt } = (await lookUpOrigin(tx, id))!
  const rests = resumeAt && resumeAt > now
  const until = new Date(Math.max(+now + (askedMs ?? (rests ? 0 : backOffMs(failures))), +(resumeAt ?? 0)))
  await tx
    .update(pushOrigins)
    .set({ failures: rests ? failures : failures + 1, resumeAt: until })
    .where(eq(pushOrigins.id, id))
  return until
}

/** Resets the failures of a service that has accepted a push. */
export const trustOrigin = (tx: Tx, id: number) => forgetFailures(tx).execute({ id })

const forgetFailures = prepared((tx: Tx) =>
  tx
    .update(pushOrigins)
    .set({ failures: 0, resumeAt: null })
    .where(and(eq(pushOrigins.id, sql.placeholder('id')), gt(pushOrigins.failures, 0)))
    .prepare(),
)
