import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { enqueue } from './queue'
import { jobs } from './table'
import { tooFarAhead } from './wrong-clock'

/**
 * Schedules a recurring job. Exactly one waits, however often the server starts. A job that waits for a time further
 * ahead than any schedule was added under a wrong clock, and is moved forward.
 */
export async function schedule(tx: Tx, kind: 'upkeep.sweep' | 'mail.rounds', at: Date): Promise<void> {
  const waits = and(eq(jobs.kind, kind), isNull(jobs.diedAt), eq(jobs.attempts, 0))
  await tx
    .update(jobs)
    .set({ dueAt: at })
    .where(and(waits, tooFarAhead(at)))
  const waiting = await tx.select({ id: jobs.id }).from(jobs).where(waits).limit(1)
  if (!waiting.length) await enqueue(tx, kind, {}, at)
}
