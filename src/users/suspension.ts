import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Role } from '../../shapes/users'
import { record } from '../actions/record'
import type { Tx } from '../db/open'
import { touchPresence } from '../db/tell'
import { revokeFilesOf } from '../files/model'
import type { Account, Person } from '../ports/people'
import { Problem } from '../problem'
import { endAllSessions } from '../sessions/model'
import { endResets, keepAnAdministrator } from './account'
import { requireMayActOn } from './may-act-on'
import { raiseEpoch } from './model'
import { isSuspended } from './person'
import { users } from './table'

/** The staff member who suspends; null is the command line, which may do anything. */
export type Suspender = { id: number; role: Role } | null

/**
 * Suspends a user, who is signed out everywhere and cannot sign in. Their posts are hidden from everyone but the staff
 * and buyers, and every link to them ends. Returns true if the user was not suspended before; suspending again only
 * changes the reason.
 */
export async function suspend(
  tx: Tx,
  by: Suspender,
  user: Person & Pick<Account, 'role'>,
  reason: string,
  now: Date,
): Promise<boolean> {
  if (by?.id === user.id) throw new Problem('conflict', 'You cannot suspend yourself.', { code: 'own_account' })
  if (by) requireMayActOn(by, user)
  await keepAnAdministrator(tx, user)
  const fresh = and(eq(users.id, user.id), isNull(users.suspendedAt))
  const made = await tx.update(users).set({ suspendedAt: now }).where(fresh).returning({ id: users.id })
  await tx.update(users).set({ suspensionReason: reason }).where(eq(users.id, user.id))
  await record(tx, { kind: 'account_suspended', by, on: user, reason }, now)
  if (!made.length) return false
  await endResets(tx, user.id, now)
  await endAllSessions(tx, user.id, now)
  await revokeFilesOf(tx, user, now)
  await raiseEpoch(tx, user.id, now)
  touchPresence(tx, user.id)
  return true
}

/** An account that is being deleted stays hidden until it is erased or its owner comes back. */
const stillHidden = sql`case when ${users.eraseAt} is null then null else ${users.suspendedAt} end`

/** Lifts a suspension. Everything comes back as it was, but the user has to sign in again. */
export async function liftSuspension(
  tx: Tx,
  by: Suspender,
  user: Pick<Account, 'id' | 'role'>,
  now: Date,
): Promise<void> {
  if (by) requireMayActOn(by, user)
  const lifted = await tx
    .update(users)
    .set({ suspendedAt: stillHidden, suspensionReason: null })
    .where(and(eq(users.id, user.id), isSuspended))
    .returning({ id: users.id })
  if (!lifted.length) return
  touchPresence(tx, user.id)
  await record(tx, { kind: 'suspension_lifted', by, on: user }, now)
}
