import { eq, gt } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { users } from './table'

/** Notes that a person is here. Sessions call it when they begin and when they are renewed, which is once a day. */
export const noteSeen = (tx: Tx, userId: number, now: Date) =>
  tx.update(users).set({ seenAt: now }).where(eq(users.id, userId))

/** Corrects the times that were noted while the clock was ahead. Returns how many there were. */
export const correctSeen = async (tx: Tx, latest: Date, now: Date): Promise<number> =>
  (await tx.update(users).set({ seenAt: now }).where(gt(users.seenAt, latest)).returning({ id: users.id })).length
