import { and, asc, eq, isNotNull, isNull, lt } from 'drizzle-orm'
import { type Doer, record } from '../actions/record'
import type { Reader, Tx } from '../db/open'
import { enqueue } from '../jobs/queue'
import { NOTES } from '../notifications/notes'
import { tellStaff } from '../notifications/staff'
import type { Account } from '../ports/people'
import { Problem } from '../problem'
import { deleteAccount } from './account'
import { findAccount } from './model'
import { users } from './table'

const isWaiting = and(isNotNull(users.waitingAt), isNull(users.refusedAt), isNull(users.deletedAt))

/** Counts the people who wait for a decision. */
export const countWaiting = (db: Reader): Promise<number> => db.$count(users, isWaiting)

/**
 * Tells the staff that somebody waits. A robot signs up many times, so they hear of it once until they have read that,
 * and only after the address is confirmed where that is asked for.
 */
export async function tellOfWaiting(
  tx: Tx,
  { waitingAt, refusedAt, mustConfirm }: Pick<Account, 'waitingAt' | 'refusedAt' | 'mustConfirm'>,
  now: Date,
): Promise<void> {
  if (waitingAt && !refusedAt && !mustConfirm) await tellStaff(tx, NOTES.signUpWaits, now)
}

export type SignUpDecision = { status: 'approved' | 'refused'; reason?: string | undefined }

/**
 * Lets a person in who waits, or refuses them, and mails them. Somebody who was refused can still be let in later; 409
 * `not_waiting` for anybody who is in already.
 */
export async function decideSignUp(
  tx: Tx,
  by: Doer,
  { id }: Pick<Account, 'id'>,
  { status, reason }: SignUpDecision,
  now: Date,
): Promise<void> {
  const approved = status === 'approved'
  const change = approved
    ? { waitingAt: null, refusedAt: null, refusal: null }
    : { refusedAt: now, refusal: reason || null }
  const open = approved ? isNotNull(users.waitingAt) : and(isNotNull(users.waitingAt), isNull(users.refusedAt))
  const rows = await tx
    .update(users)
    .set(change)
    .where(and(eq(users.id, id), open))
    .returning({ id: users.id })
  if (!rows.length) throw new Problem('conflict', 'This person is not waiting for a decision.', { code: 'not_waiting' })
  await record(tx, { kind: approved ? 'member_approved' : 'member_refused', by, on: { id }, reason }, now)
  await enqueue(tx, 'mail.decision', { userId: id, approved, reason: reason || null, mail: crypto.randomUUID() }, now)
}

/** How long somebody who was refused can look up the reason, and their handle stays taken. */
const REFUSED_MS = 30 * 24 * 3600_000

/** Deletes an account that was refused long ago; returns true when there may be more. */
export async function forgetRefused(tx: Tx, now: Date): Promise<boolean> {
  const [row] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(isNotNull(users.waitingAt), lt(users.refusedAt, new Date(+now - REFUSED_MS)), isNull(users.deletedAt)))
    .orderBy(asc(users.id))
    .limit(1)
  if (!row) return false
  await deleteAccount(tx, await findAccount(tx, row.id), now, { forfeit: true })
  return true
}
