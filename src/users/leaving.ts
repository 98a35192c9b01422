import { and, asc, eq, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import { type Doer, record } from '../actions/record'
import { refuseStake } from '../coins/forfeit'
import type { Tx } from '../db/open'
import { touchPresence } from '../db/tell'
import { revokeFilesOf } from '../files/model'
import { enqueue } from '../jobs/queue'
import type { Account, Person } from '../ports/people'
import { Problem } from '../problem'
import { endAllSessions } from '../sessions/model'
import { deleteAccount, endResets, keepAnAdministrator } from './account'
import { requireMayActOn } from './may-act-on'
import { findPerson, raiseEpoch } from './model'
import type { Suspender } from './suspension'
import { users } from './table'

const DAY_MS = 24 * 3600_000

export type Parting = {
  /** For how many days the person can come back. With 0, the account is erased at once. */
  graceDays: number
  /** Whether the coins may be given up. They stay until the account is erased. */
  forfeit: boolean
}

/**
 * Begins the end of an account: it is hidden and signed out everywhere at once, like a suspended one, and erased after
 * the days of grace. Until then it keeps everything, its handle and coins too, and whoever can sign in to it can come
 * back. Buyers keep what they bought. Returns when it is erased; null if that is now.
 */
export async function leave(
  tx: Tx,
  by: Doer,
  user: Person,
  { graceDays, forfeit }: Parting,
  now: Date,
): Promise<Date | null> {
  if (!graceDays) {
    await deleteAccount(tx, user, now, { forfeit, by })
    return null
  }
  await keepAnAdministrator(tx, user)
  if (!forfeit) await refuseStake(tx, user)
  const eraseAt = new Date(+now + graceDays * DAY_MS)
  await tx
    .update(users)
    .set({ eraseAt, suspendedAt: sql`coalesce(${users.suspendedAt}, ${+now})` })
    .where(and(eq(users.id, user.id), isNull(users.deletedAt)))
  await record(tx, { kind: 'deletion_begun', by, on: user, detail: { days: graceDays } }, now)
  await endResets(tx, user.id, now)
  await endAllSessions(tx, user.id, now)
  await revokeFilesOf(tx, user, now)
  await raiseEpoch(tx, user.id, now)
  touchPresence(tx, user.id)
  await enqueue(tx, 'mail.leaving', { userId: user.id, mail: crypto.randomUUID() }, now)
  return eraseAt
}

/** Begins the end of an account, as `leave` does, on behalf of the staff or the command line. */
export async function sendAway(
  tx: Tx,
  by: Suspender,
  user: Person & Pick<Account, 'role'>,
  parting: Parting,
  now: Date,
): Promise<Date | null> {
  if (by?.id === user.id)
    throw new Problem('conflict', 'Delete your own account under Account.', { code: 'own_account' })
  if (by) requireMayActOn(by, user)
  return leave(tx, by, user, parting, now)
}

/** Brings back an account that has not been erased yet. If the staff have suspended it, it stays suspended. */
export async function comeBack(tx: Tx, by: Doer, user: Pick<Person, 'id'>, now: Date): Promise<boolean> {
  const hidden = sql`case when ${users.suspensionReason} is null then null else ${users.suspendedAt} end`
  const back = await tx
    .update(users)
    .set({ eraseAt: null, suspendedAt: hidden })
    .where(and(eq(users.id, user.id), isNotNull(users.eraseAt), isNull(users.deletedAt)))
    .returning({ id: users.id })
  if (!back.length) return false
  touchPresence(tx, user.id)
  await record(tx, { kind: 'deletion_cancelled', by, on: user }, now)
  return true
}

/** Erases one account whose days of grace are over. Returns true when there may be more. */
export async function eraseDue(tx: Tx, now: Date): Promise<boolean> {
  const [due] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(isNotNull(users.eraseAt), lte(users.eraseAt, now), isNull(users.deletedAt)))
    .orderBy(asc(users.eraseAt))
    .limit(1)
  if (!due) return false
  await deleteAccount(tx, await findPerson(tx, due.id), now, { forfeit: true })
  return true
}
