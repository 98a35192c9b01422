import { and, eq, isNull, not, type Placeholder, sql } from 'drizzle-orm'
import type { Locale } from '../../shapes/locales'
import type { Role } from '../../shapes/users'
import { blocking } from '../blocks/between'
import { greater, isAnyOf } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { prepared, preparedForViewer } from '../db/prepared'
import type { Account, Person } from '../ports/people'
import type { Ticket } from '../ports/sessions'
import { fieldProblem, Problem } from '../problem'
import type { Quotas } from '../settings/quotas'
import { changeEmail } from './emails'
import { indexNames } from './names'
import { verifyPassword } from './password'
import { isCalled, presentTo, type Seen, seenBy, wasSuspended } from './person'
import { account, person, users } from './table'

/** Handles that are, or may become, part of a path or a name of the server itself. */
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
  /** The language of the sign-up form. */
  asks?: Locale
  /** Null follows the time zone of the community. */
  timeZone?: string | null
  role?: Role
  passwordHash: string
  /** When the person agreed to the pages of the host, if there were any. */
  agreedAt?: Date | null
  /** The invitation by which the person joins. */
  inviteId?: number | undefined
  /** When the person asked to join, if the staff have to approve them. */
  waitingAt?: Date | null
  mustConfirm?: boolean
  /** Whether the welcome of the host is shown to the person. */
  isNew?: boolean
}

/** Creates an account. Throws `handle_taken` when somebody has the handle. An address is unconfirmed, and is mailed. */
export async function createUser(
  tx: Tx,
  { displayName, email = null, asks = 'en', ...draft }: UserDraft,
  now: Date,
): Promise<Person> {
  const values = { ...draft, displayName: displayName || draft.handle, createdAt: now }
  const [made] = await tx.insert(users).values(values).onConflictDoNothing().returning({ id: users.id })
  if (!made) throw handleTaken()
  await indexNames(tx, { ...values, id: made.id })
  if (email) await changeEmail(tx, made, email, asks, now)
  return findPerson(tx, made.id)
}

/** The problem of a handle that somebody has already. */
export const handleTaken = () =>
  fieldProblem('conflict', { path: 'handle', message: 'This handle is already taken.' }, { code: 'handle_taken' })

const byHandle = (handle: string | Placeholder) => and(isCalled(handle), isNull(users.deletedAt))

const personByHandle = prepared((db: Reader) =>
  db
    .select(person)
    .from(users)
    .where(byHandle(sql.placeholder('handle')))
    .limit(1)
    .prepare(),
)

/** Finds a person by their handle, also one who is suspended. Throws `not_found`. */
export const findUser = async (db: Reader, handle: string): Promise<Person> =>
  (await lookUpUser(db, handle)) ?? nobodyFound()

/** Finds a user as `findUser` does, or returns undefined. */
export const lookUpUser = async (db: Reader, handle: string): Promise<Person | undefined> =>
  (await personByHandle(db).execute({ handle }))[0]

/** Whether somebody has this handle, also somebody whom nobody sees. */
export const isHandleTaken = async (db: Reader, handle: string): Promise<boolean> =>
  (await personByHandle(db).execute({ handle })).length > 0

/** Finds a person by their id, also one whose account was deleted. Throws `not_found`. */
export async function findPerson(db: Reader, id: number): Promise<Person> {
  const [user] = await db.select(person).from(users).where(eq(users.id, id)).limit(1)
  return user ?? nobodyFound()
}

/**
 * Finds a user as the viewer sees them. People who block the viewer or are suspended are not found; people whom the
 * viewer blocks are, so that they can be unblocked.
 */
export async function findSeen(db: Reader, viewer: Person | null, handle: string): Promise<Seen> {
  const [user] = await seenByHandle(db, viewer).execute({ viewerId: viewer?.id, handle })
  return user ?? nobodyFound()
}

const seenByHandle = preparedForViewer((db: Reader, viewer) =>
  db
    .select(seenBy(viewer))
    .from(users)
    .where(
      and(byHandle(sql.placeholder('handle')), presentTo(viewer), viewer ? not(blocking(viewer, users.id)) : undefined),
    )
    .limit(1)
    .prepare(),
)

/** Finds those of the users who are visible to the viewer, by id. */
export async function findPeople(db: Reader, viewer: Person | null, ids: number[]): Promise<Map<number, Seen>> {
  if (!ids.length) return new Map()
  const rows = await seenByIds(db, viewer).execute({ viewerId: viewer?.id, ids: JSON.stringify(ids) })
  return new Map(rows.map((user) => [user.id, user]))
}

const seenByIds = preparedForViewer((db: Reader, viewer) =>
  db
    .select(seenBy(viewer))
    .from(users)
    .where(and(isAnyOf(users.id, 'ids'), presentTo(viewer)))
    .prepare(),
)

/** Finds an account by its id, also one that was deleted. Throws `not_found`. */
export async function findAccount(db: Reader, id: number): Promise<Account> {
  const [user] = await accountById(db).execute({ id })
  return user ?? nobodyFound()
}

const accountById = prepared((db: Reader) =>
  db
    .select(account)
    .from(users)
    .where(eq(users.id, sql.placeholder('id')))
    .limit(1)
    .prepare(),
)

/**
 * Finds the account with this handle. The staff act on it inside a transaction, by the role that it has at that moment.
 */
export const findAccountOf = async (db: Reader, handle: string): Promise<Account> =>
  findAccount(db, (await findUser(db, handle)).id)

/** Throws `not_found` for a handle that nobody has, or nobody whom the viewer may know of. */
export const nobodyFound = (): never => {
  throw new Problem('not_found', 'There is no member with this handle.')
}

/** The account, and the hash that its password was checked against. */
export type Verified = { account: Account; passwordHash: string }

/**
 * Checks handle and password. An unknown handle takes as long and gets the same reply as a wrong password; a suspension
 * or the wait for approval is revealed only to someone with the right password, and so is a deletion, unless the person
 * `returns`.
 */
export async function checkPassword(db: Reader, handle: string, password: string, returns = false): Promise<Verified> {
  const user = await checkCredentials(db, handle, password)
  refuseKeptOut(user.account, returns)
  return user
}

/** Checks handle and password of somebody who may be kept out, for instance because they are suspended. */
export async function checkCredentials(db: Reader, handle: string, password: string): Promise<Verified> {
  const [user] = await db
    .select({ account, passwordHash: users.passwordHash })
    .from(users)
    .where(byHandle(handle))
    .limit(1)
  if (!(await verifyPassword(password, user?.passwordHash)) || !user)
    throw new Problem('unauthenticated', 'The handle or password is wrong.')
  return user
}

/** Finds the person whose password was right when they got this ticket, and still is. */
export async function findTicketed(db: Reader, ticket: Ticket | null, returns = false): Promise<Verified> {
  const [user] = ticket
    ? await db
        .select({ account, passwordHash: users.passwordHash })
        .from(users)
        .where(and(eq(users.id, ticket.userId), isNull(users.deletedAt)))
    : []
  if (!user || !ticket?.isFor(user.passwordHash))
    throw new Problem('unauthenticated', 'This took too long. Please sign in again.', { code: 'ticket_expired' })
  refuseKeptOut(user.account, returns)
  return user
}

/** Finds an account that may sign in: 403 `suspended`, `waiting` or `refused`, or 401 `account_leaving` otherwise. */
export async function findSignable(db: Reader, id: number, returns: boolean): Promise<Account> {
  const account = await findAccount(db, id)
  refuseKeptOut(account, returns)
  return account
}

function refuseKeptOut(account: Account, returns: boolean) {
  const { suspensionReason, waitingAt, refusedAt, refusal, eraseAt } = account
  if (wasSuspended(account))
    throw new Problem(
      'forbidden',
      'Your account is suspended: {reason}',
      { code: 'suspended' },
      { reason: suspensionReason ?? '' },
    )
  if (refusedAt && refusal)
    throw new Problem('forbidden', 'The staff did not let you join: {reason}', { code: 'refused' }, { reason: refusal })
  if (refusedAt) throw new Problem('forbidden', 'The staff did not let you join.', { code: 'refused' })
  if (waitingAt)
    throw new Problem('forbidden', 'The staff have not decided yet whether you can join. Please come back later.', {
      code: 'waiting',
    })
  if (eraseAt && !returns)
    throw new Problem(
      'unauthenticated',
      'This account is being deleted and will be erased on {day}. To keep it, confirm that you want to come back.',
      { code: 'account_leaving', eraseAt: eraseAt.toISOString() },
      { day: { at: eraseAt, timeZone: account.timeZone } },
    )
}

/** Invalidates every media link that the person holds. */
export const raiseEpoch = (tx: Tx, userId: number, now: Date) =>
  tx
    .update(users)
    .set({ epoch: sql`${users.epoch} + 1`, epochAt: now })
    .where(eq(users.id, userId))

type Counter = 'followers' | 'following' | 'posts'

/** Adds to a counter that is kept in the user's row. */
export const countOnUser = (tx: Tx, userId: number, counter: Counter, by: 1 | -1) =>
  tx
    .update(users)
    .set({ [counter]: sql`${users[counter]} + ${by}` })
    .where(eq(users.id, userId))

/**
 * Adds bytes to a user's storage, or throws when that exceeds `quota`: one for everybody, or those of the roles, in place
 * of which the person may have their own.
 */
export async function takeStorage(tx: Tx, userId: number, bytes: number, quota: number | Quotas): Promise<void> {
  const { member, moderator, admin } =
    typeof quota === 'number' ? { member: quota, moderator: quota, admin: quota } : quota
  // PostgreSQL takes values whose type it cannot tell for texts
  const of = (bytes: number) => sql`cast(${bytes} as bigint)`
  const own = typeof quota === 'number' ? sql`null` : sql`${users.quotaMb} * ${of(1024 ** 2)}`
  const limit = sql`coalesce(${own}, case ${users.role} when 'admin' then ${of(admin)} when 'moderator' then ${of(moderator)} else ${of(member)} end)`
  const fits = sql`${users.storageUsed} + ${bytes} <= ${limit}`
  const rows = await tx
    .update(users)
    .set({ storageUsed: sql`${users.storageUsed} + ${bytes}` })
    .where(and(eq(users.id, userId), fits))
    .returning({ id: users.id })
  if (!rows.length) throw quotaExceeded()
}

/** The problem of somebody whose storage is full. */
export const quotaExceeded = () =>
  new Problem('too_large', 'Your storage is full. Delete something, or ask the staff for more space.', {
    code: 'quota_exceeded',
  })

/** Counts bytes without a limit, for renditions and deletions. */
export const countStorage = (tx: Tx, userId: number, bytes: number) =>
  tx
    .update(users)
    .set({ storageUsed: greater(sql`0`, sql`${users.storageUsed} + ${bytes}`) })
    .where(eq(users.id, userId))
