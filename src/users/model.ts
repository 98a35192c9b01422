import { and, eq, inArray, isNull, not, sql } from 'drizzle-orm'
import type { Locale } from '../../shapes/locales'
import type { Role } from '../../shapes/users'
import { blocking } from '../blocks/between'
import type { Reader, Tx } from '../db/open'
import type { Account, Person } from '../ports/people'
import { Problem } from '../problem'
import { changeEmail } from './emails'
import { verifyPassword } from './password'
import { presentTo, type Seen, seenBy } from './person'
import { account, person, users } from './table'

/** Names that are, or may become, addresses and words of the house. */
export const RESERVED = [
  'account',
  'new',
  'me',
  'admin',
  'staff',
  'system',
  'pinhole',
  'api',
  'media',
  'assets',
  'deleted',
  'setup',
]

export type UserDraft = {
  handle: string
  displayName?: string | undefined
  email?: string | null | undefined
  /** In which language they fill in the form. */
  asks?: Locale
  role?: Role
  passwordHash: string
}

export async function createUser(
  tx: Tx,
  { displayName, email = null, asks = 'en', ...draft }: UserDraft,
  now: Date,
): Promise<Person> {
  const values = { ...draft, displayName: displayName || draft.handle, createdAt: now }
  const [made] = await tx.insert(users).values(values).onConflictDoNothing().returning({ id: users.id })
  if (!made)
    throw new Problem('conflict', 'That handle is taken.', {
      code: 'handle_taken',
      errors: [{ path: 'handle', message: 'That handle is taken.' }],
    })
  if (email) await changeEmail(tx, made, email, asks, now)
  return findById(tx, made.id)
}

const byHandle = (handle: string) => and(eq(users.handle, handle), isNull(users.deletedAt))

export async function findUser(db: Reader, handle: string): Promise<Person> {
  const [user] = await db.select(person).from(users).where(byHandle(handle)).limit(1)
  return user ?? nobodyFound()
}

export async function findById(db: Reader, id: number): Promise<Person> {
  const [user] = await db.select(person).from(users).where(eq(users.id, id)).limit(1)
  return user ?? nobodyFound()
}

/** As the viewer sees them: who blocks the viewer, or is suspended, is not found. Whom the viewer blocks they do find, to unblock them. */
export async function findSeen(db: Reader, viewer: Person | null, handle: string): Promise<Seen> {
  const [user] = await db
    .select(seenBy(viewer))
    .from(users)
    .where(and(byHandle(handle), presentTo(viewer), viewer ? not(blocking(viewer, users.id)) : undefined))
    .limit(1)
  return user ?? nobodyFound()
}

/** Those of them who are there, by id. */
export async function findPeople(db: Reader, viewer: Person | null, ids: number[]): Promise<Map<number, Seen>> {
  if (!ids.length) return new Map()
  const rows = await db
    .select(seenBy(viewer))
    .from(users)
    .where(and(inArray(users.id, ids), presentTo(viewer)))
  return new Map(rows.map((user) => [user.id, user]))
}

export async function findAccount(db: Reader, id: number): Promise<Account> {
  const [user] = await db.select(account).from(users).where(eq(users.id, id)).limit(1)
  return user ?? nobodyFound()
}

/** The account with this handle. Staff decide about it inside a transaction, by the role it has at that moment. */
export const findAccountOf = async (db: Reader, handle: string): Promise<Account> =>
  findAccount(db, (await findUser(db, handle)).id)

export const nobodyFound = (): never => {
  throw new Problem('not_found', 'There is nobody of that name here.')
}

/** The account, and the hash its password was checked against. */
type Verified = { account: Account; passwordHash: string }

/** An unknown handle takes as long as a wrong password, and is told the same; that somebody is suspended only they are told. */
export async function checkPassword(db: Reader, handle: string, password: string): Promise<Verified> {
  const [user] = await db
    .select({ account, passwordHash: users.passwordHash })
    .from(users)
    .where(byHandle(handle))
    .limit(1)
  if (!(await verifyPassword(password, user?.passwordHash)) || !user)
    throw new Problem('unauthenticated', 'Handle or password is wrong.')
  if (user.account.suspendedAt)
    throw new Problem(
      'forbidden',
      'Your account is suspended: {reason}',
      { code: 'suspended' },
      { reason: user.account.suspensionReason ?? '' },
    )
  return user
}

/** From now on every media link that this person holds is void. */
export const raiseEpoch = (tx: Tx, userId: number, now: Date) =>
  tx
    .update(users)
    .set({ epoch: sql`${users.epoch} + 1`, epochAt: now })
    .where(eq(users.id, userId))

type Counter = 'followers' | 'following' | 'posts'

/** Counters shown on cards are kept in the row. */
export const count = (tx: Tx, userId: number, counter: Counter, by: 1 | -1) =>
  tx
    .update(users)
    .set({ [counter]: sql`${users[counter]} + ${by}` })
    .where(eq(users.id, userId))

/** Takes bytes from somebody's room, or says that there is not enough left; `limit` in bytes. */
export async function takeStorage(tx: Tx, userId: number, bytes: number, limit: number): Promise<void> {
  const fits = sql`${users.storageUsed} + ${bytes} <= ${limit}`
  const rows = await tx
    .update(users)
    .set({ storageUsed: sql`${users.storageUsed} + ${bytes}` })
    .where(and(eq(users.id, userId), fits))
    .returning({ id: users.id })
  if (!rows.length) throw quotaExceeded()
}

export const quotaExceeded = () =>
  new Problem('too_large', 'Your storage is full. Delete something, or ask the staff for more room.', {
    code: 'quota_exceeded',
  })

/** What is counted after the fact (renditions, deletions) is not refused. */
export const countStorage = (tx: Tx, userId: number, bytes: number) =>
  tx
    .update(users)
    .set({ storageUsed: sql`max(0, ${users.storageUsed} + ${bytes})` })
    .where(eq(users.id, userId))
