import { and, eq, gt } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { pushOrigins } from './table'

export type Origin = typeof pushOrigins.$inferSelect

/** A service may ask for no more than this, and gets no less. */
const LONGEST_MS = 3600_000
const SHORTEST_MS = 1000

export async function findOrigin(db: Reader, id: number): Promise<Origin | undefined> {
  const [origin] = await db.select().from(pushOrigins).where(eq(pushOrigins.id, id))
  return origin
}

/** What `Retry-After` says, in seconds or as a date (RFC 9110, 10.2.3), in milliseconds; undefined when it says nothing of use. */
export function retryAfterMs(text: string | undefined, now: Date): number | undefined {
  if (!text) return undefined
  const ms = /^\s*\d+\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - +now
  return Number.isNaN(ms) ? undefined : bounded(ms)
}

const bounded = (ms: number) => Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ms))

/** A second, then twice as long each time. */
export const backOffMs = (failures: number) => bounded(SHORTEST_MS * 2 ** Math.min(failures, 20))

/**
 * The whole service is left alone: for as long as it asked, else longer each time. What was under way together fails together, and
 * counts once. Gives until when.
 */
export async function restOrigin(tx: Tx, id: number, askedMs: number | undefined, now: Date): Promise<Date> {
  const { failures, resumeAt } = (await findOrigin(tx, id))!
  const rests = resumeAt && resumeAt > now
  const until = new Date(Math.max(+now + (askedMs ?? (rests ? 0 : backOffMs(failures))), +(resumeAt ?? 0)))
  await tx
    .update(pushOrigins)
    .set({ failures: rests ? failures : failures + 1, resumeAt: until })
    .where(eq(pushOrigins.id, id))
  return until
}

/** It took something. */
export const trustOrigin = (tx: Tx, id: number) =>
  tx
    .update(pushOrigins)
    .set({ failures: 0, resumeAt: null })
    .where(and(eq(pushOrigins.id, id), gt(pushOrigins.failures, 0)))
