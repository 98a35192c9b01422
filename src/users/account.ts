import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Locale } from '../../shapes/locales'
import type { Role } from '../../shapes/users'
import { type Doer, record } from '../actions/record'
import { forfeit } from '../coins/forfeit'
import type { Reader, Tx } from '../db/open'
import { touchPresence } from '../db/tell'
import { deleteFile, findOwnFile, revokeFilesOf } from '../files/model'
import { acceptSome } from '../follows/requests'
import { enqueue } from '../jobs/queue'
import type { Account, Person } from '../ports/people'
import { fieldProblem, Problem } from '../problem'
import { endAllSessions, endWithPassword } from '../sessions/model'
import { type Flagged, flag } from '../words/flags'
import { changeEmail, eraseEmailOf } from './emails'
import { findAccount, raiseEpoch } from './model'
import { forgetNames, indexNames } from './names'
import { dropPasskeys } from './passkeys/model'
import { verifyPassword } from './password'
import { ofStaff } from './person'
import { passwordResets, users } from './table'
import { dropSecondFactor } from './totp/model'

export type AccountPatch = Partial<Pick<Account, 'displayName' | 'bio' | 'links' | 'email' | 'locale' | 'private'>> & {
  avatarFileId?: number | null
}

/**
 * Changes an account. `asks` is the language of the request, used for mail to a new address. A name or bio that is held
 * changes nothing until the staff allow it.
 */
export async function changeAccount(
  tx: Tx,
  me: Person,
  { avatarFileId, email, private: isPrivate, ...patch }: AccountPatch,
  now: Date,
  asks: Locale = 'en',
  flagged: Flagged[] = [],
): Promise<Account> {
  for (const { field, effect } of flagged) if (effect === 'hold') delete patch[field as 'displayName' | 'bio']
  await flag(tx, me, {}, flagged, now)
  if (avatarFileId !== undefined) await setAvatar(tx, me, avatarFileId, now)
  if (email !== undefined) await changeEmail(tx, me, email, asks, now)
  if (isPrivate !== undefined) await setPrivate(tx, me, isPrivate, now)
  if (Object.keys(patch).length) await tx.update(users).set(patch).where(eq(users.id, me.id))
  const account = await findAccount(tx, me.id)
  if (patch.displayName !== undefined) await indexNames(tx, account)
  return account
}

/**
 * Makes an account private or public. Whoever is no follower loses the links to its media, and everyone who asked to
 * follow a private account is accepted when it becomes public.
 */
async function setPrivate(tx: Tx, me: Person, isPrivate: boolean, now: Date) {
  const rows = await tx
    .update(users)
    .set({ private: isPrivate })
    .where(and(eq(users.id, me.id), ne(users.private, isPrivate)))
    .returning({ id: users.id })
  if (!rows.length) return
  if (isPrivate) await revokeFilesOf(tx, me, now)
  else if (await acceptSome(tx, me, now)) await enqueue(tx, 'follows.accept', { userId: me.id }, now)
}

/** Sets the profile picture and deletes the previous one with its bytes. */
async function setAvatar(tx: Tx, me: Person, fileId: number | null, now: Date) {
  const [before] = await tx.select({ id: users.avatarFileId }).from(users).where(eq(users.id, me.id))
  if (before?.id === fileId) return
  if (fileId !== null) {
    const file = await findOwnFile(tx, me, fileId)
    if (file.postId)
      throw new Problem('conflict', 'This file is already in a post. Upload it again to use it here, too.', {
        code: 'file_in_use',
      })
    if (file.kind !== 'image')
      throw fieldProblem('invalid', { path: 'avatarFileId', message: 'A profile picture must be a photo.' })
  }
  await tx.update(users).set({ avatarFileId: fileId }).where(eq(users.id, me.id))
  if (before?.id) await deleteFile(tx, before.id, now)
}

/** Throws 403 unless this is the person's password. Returns the hash that it was checked against. */
export async function requirePassword(db: Reader, me: Person, password: string, path = 'password'): Promise<string> {
  const [user] = await db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, me.id))
  if (user && (await verifyPassword(password, user.passwordHash))) return user.passwordHash
  throw fieldProblem('forbidden', { path, message: 'The password is wrong.' }, { code: 'wrong_password' })
}

/**
 * Changes the password and ends every media link and all other sessions. `keepSession` is the session in which the
 * owner changes it: tokens that outlive the password then stay. A reset gives none, because whoever needs one may have
 * lost control of the account, and ends all of them.
 */
export async function changePassword(
  tx: Tx,
  userId: number,
  passwordHash: string,
  now: Date,
  keepSession?: number,
): Promise<void> {
  await tx.update(users).set({ passwordHash }).where(eq(users.id, userId))
  await endResets(tx, userId, now)
  if (keepSession) await endWithPassword(tx, userId, now, keepSession)
  else await endAllSessions(tx, userId, now)
  await raiseEpoch(tx, userId, now)
  await enqueue(tx, 'mail.password', { userId, mail: crypto.randomUUID() }, now)
}

/**
 * Changes the role and ends open reset links, since a link that a moderator made for a member must not open an
 * administrator's account.
 */
export async function changeRole(
  tx: Tx,
  by: Doer,
  user: Pick<Account, 'id' | 'role'>,
  role: Role,
  now: Date,
): Promise<void> {
  if (role !== 'admin') await keepAnAdministrator(tx, user)
  await tx.update(users).set({ role }).where(eq(users.id, user.id))
  await endResets(tx, user.id, now)
  if (role !== user.role)
    await record(tx, { kind: 'role_changed', by, on: user, detail: { from: user.role, to: role } }, now)
}

/** Gives somebody more or less storage than their role has, or with null again what the role has. */
export async function changeQuota(
  tx: Tx,
  by: Doer,
  { id }: Pick<Account, 'id'>,
  quotaMb: number | null,
  now: Date,
): Promise<void> {
  const [before] = await tx.select({ quotaMb: users.quotaMb }).from(users).where(eq(users.id, id))
  if (!before || before.quotaMb === quotaMb) return
  await tx.update(users).set({ quotaMb }).where(eq(users.id, id))
  await record(tx, { kind: 'quota_changed', by, on: { id }, detail: { from: before.quotaMb, to: quotaMb } }, now)
}

/** Ends the reset links of a person that are still open. */
export const endResets = (tx: Tx, userId: number, now: Date) =>
  tx
    .update(passwordResets)
    .set({ usedAt: now })
    .where(and(eq(passwordResets.userId, userId), isNull(passwordResets.usedAt)))

/** Whether somebody besides the person with this id is an administrator who can sign in. */
export async function hasAdministrator(db: Reader, besides = 0): Promise<boolean> {
  return (
    (
      await db
        .select({ id: users.id })
        .from(users)
        .where(and(ofStaff, eq(users.role, 'admin'), isNull(users.suspendedAt), ne(users.id, besides)))
        .limit(1)
    ).length > 0
  )
}

/** Throws when the user is the last administrator who can sign in. */
export async function keepAnAdministrator(tx: Tx, user: Pick<Person, 'id'>) {
  const [{ role } = {}] = await tx
    .select({ role: users.role })
    .from(users)
    .where(and(eq(users.id, user.id), isNull(users.suspendedAt)))
  if (role === 'admin' && !(await hasAdministrator(tx, user.id)))
    throw new Problem('conflict', 'This is the only administrator. Make someone else an administrator first.', {
      code: 'last_admin',
    })
}

/**
 * Deletes an account. It disappears from every page at once; a job erases posts, files and follows. The row stays
 * without personal data, so that its id is never reused; the handle becomes free. The remaining coins are given up: 409
 * `balance_left` when there are some and the person has not agreed.
 */
export async function deleteAccount(
  tx: Tx,
  me: Person,
  now: Date,
  { forfeit: agreed = false, by = me }: { forfeit?: boolean; by?: Doer } = {},
): Promise<void> {
  await keepAnAdministrator(tx, me)
  await forfeit(tx, me, agreed, now)
  await record(tx, { kind: 'account_deleted', by, on: me }, now)
  const nothing = {
    displayName: '',
    bio: '',
    links: [],
    locale: null,
    passwordHash: '',
    avatarFileId: null,
    suspensionReason: null,
    eraseAt: null,
    buyerAge: null,
    seenAt: null,
    inviteId: null,
    waitingAt: null,
    refusedAt: null,
    refusal: null,
    mustConfirm: false,
    isNew: false,
    adultAt: null,
    adultFrom: null,
    quotaMb: null,
    private: false,
  }
  await tx
    .update(users)
    .set({ ...nothing, role: 'member', handle: `-${me.id}`, deletedAt: now })
    .where(eq(users.id, me.id))
  touchPresence(tx, me.id)
  await forgetNames(tx, me)
  await eraseEmailOf(tx, me)
  await dropSecondFactor(tx, me.id)
  await dropPasskeys(tx, me.id)
  await endResets(tx, me.id, now)
  await endAllSessions(tx, me.id, now)
  await revokeFilesOf(tx, me, now)
  await raiseEpoch(tx, me.id, now)
  await enqueue(tx, 'users.erase', { userId: me.id }, now)
}
