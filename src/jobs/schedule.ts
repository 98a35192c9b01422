import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { enqueue } from './queue'
import { jobs } from './table'

/** Exactly one of it waits, however often the server starts. */
export async function scheduleSweep(tx: Tx, at: Date): Promise<void> {
  const waiting = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.kind, 'house.sweep'), isNull(jobs.diedAt), eq(jobs.attempts, 0)))
    .limit(1)
  if (!waiting.length) await enqueue(tx, 'house.sweep', {}, at)
}
