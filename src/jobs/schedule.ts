import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { enqueue } from './queue'
import { jobs } from './table'

/** Schedules a recurring job. Exactly one waits, however often the server starts. */
export async function schedule(tx: Tx, kind: 'house.sweep' | 'mail.rounds', at: Date): Promise<void> {
  const waiting = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.kind, kind), isNull(jobs.diedAt), eq(jobs.attempts, 0)))
    .limit(1)
  if (!waiting.length) await enqueue(tx, kind, {}, at)
}
