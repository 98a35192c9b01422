import { and, eq, gt, isNotNull, isNull, not, sql } from 'drizzle-orm'
import type { Locale } from '../../shapes/locales'
import type { EmailState } from '../../shapes/users'
import type { Reader, Tx } from '../db/open'
import { enqueue } from '../jobs/queue'
import type { Account, Person } from '../ports/people'
import { Problem } from '../problem'
import { isCalled, isSuspended } from './person'
import { emailVerifications, users } from './table'

const VERIFY_MS = 3 * 24 * 3600_000
/**
 * The most accounts mailed per address. Shared addresses are rare, and someone who signs up many times with one address
 * is not mailed for each account.
 */
const MOST_OF_ADDRESS = 5
type Email = Pick<Account, 'email' | 'emailVerifiedAt' | 'emailRefusedAt'>

/** Tells whether the address of an account is confirmed or refuses mail; null without an address. */
export function emailStatusOf({ email, emailVerifiedAt, emailRefusedAt }: Email): EmailState | null {
  if (!email) return null
  if (emailRefusedAt) return 'refused'
  return emailVerifiedAt ? 'verified' : 'unverified'
}

/** Tells whether mail other than a confirmation may be sent to the account. */
export const mayMail = <U extends Email>(user: U): user is U & { email: string } => emailStatusOf(user) === 'verified'

const reachable = and(
  isNotNull(users.email),
  isNotNull(users.emailVerifiedAt),
  isNull(users.emailRefusedAt),
  isNull(users.deletedAt),
)

/** An SQL condition: mail may be sent to the account, as `mayMail` says, and it is neither suspended nor leaving. */
export const mailable = and(reachable, isNull(users.suspendedAt))

/**
 * Changes the address of an account. A new one stays unverified until the mailed link is opened; the previous one is
 * notified.
 */
export async function changeEmail(
  tx: Tx,
  me: Pick<Person, 'id'>,
  email: string | null,
  asks: Locale,
  now: Date,
): Promise<void> {
  const [before] = await tx.select().from(users).where(eq(users.id, me.id))
  if (!before || before.email === email) return
  await tx
    .update(users)
    .set({ ...nothingKnown, email, mailLocale: asks })
    .where(eq(users.id, me.id))
  await endVerifications(tx, me, now)
  if (mayMail(before))
    await enqueue(tx, 'mail.moved', { userId: me.id, email: before.email, mail: crypto.randomUUID() }, now)
  if (email) await mailVerification(tx, { ...me, email }, now)
}

const nothingKnown = { emailVerifiedAt: null, emailRefusedAt: null, emailRefusal: null }

const endVerifications = (tx: Tx, { id }: Pick<Person, 'id'>, now: Date) =>
  tx
    .update(emailVerifications)
    .set({ usedAt: now })
    .where(and(eq(emailVerifications.userId, id), isNull(emailVerifications.usedAt)))

/**
 * Queues the mail with the confirmation link, also when mail to the address bounced before, since the mailbox may work
 * again.
 */
export async function mailVerification(
  tx: Tx,
  { id: userId, email }: Pick<Account, 'id' | 'email'>,
  now: Date,
): Promise<void> {
  if (!email) throw new Problem('conflict', 'Enter an email address first.', { code: 'no_email' })
  const [row] = await tx
    .insert(emailVerifications)
    .values({ userId, email, createdAt: now, expiresAt: new Date(+now + VERIFY_MS) })
    .returning()
  await enqueue(tx, 'mail.verify', { verificationId: row!.id, mail: crypto.randomUUID() }, now)
}

const open = (id: number, now: Date) =>
  and(eq(emailVerifications.id, id), isNull(emailVerifications.usedAt), gt(emailVerifications.expiresAt, now))

const ended = () => new Problem('gone', 'This link has been used or has expired. Request a new one in your account.')

/** Finds a confirmation that is still open. Throws `gone` when it was used or has expired. */
export async function findVerification(db: Reader, id: number | undefined, now: Date) {
  const [row] = id === undefined ? [] : await db.select().from(emailVerifications).where(open(id, now)).limit(1)
  if (!row) throw ended()
  return row
}

/**
 * Marks the address as verified. Each link works once, and only while `verifiedHash`, the hash that the password was
 * checked against, is still current. `first` tells whether the person had to confirm an address before taking part.
 */
export async function verifyEmail(
  tx: Tx,
  id: number | undefined,
  verifiedHash: string,
  now: Date,
): Promise<{ userId: number; first: boolean }> {
  const { userId, email } = await findVerification(tx, id, now)
  await endVerifications(tx, { id: userId }, now)
  const [before] = await tx.select({ mustConfirm: users.mustConfirm }).from(users).where(eq(users.id, userId))
  const rows = await tx
    .update(users)
    .set({ ...nothingKnown, emailVerifiedAt: now, mustConfirm: false })
    .where(and(eq(users.id, userId), eq(users.email, email), eq(users.passwordHash, verifiedHash)))
    .returning({ id: users.id })
  if (!rows.length) throw ended()
  return { userId, first: !!before?.mustConfirm }
}

/** Records that a mail server refuses the address; no more mail is sent there until it is verified again. */
export const refuseEmail = (tx: Tx, userId: number, email: string, emailRefusal: string, now: Date) =>
  tx
    .update(users)
    .set({ emailRefusedAt: now, emailRefusal })
    .where(and(eq(users.id, userId), eq(users.email, email)))

/** Finds the accounts for a handle or a verified address, as entered by someone who forgot their password. */
export async function findByAddress(db: Reader, who: string): Promise<Pick<Person, 'id'>[]> {
  const meant =
    who.includes('@') && !who.startsWith('@')
      ? sql`lower(${users.email}) = lower(${who})`
      : isCalled(who.replace(/^@/, ''))
  return db
    .select({ id: users.id })
    .from(users)
    .where(and(meant, reachable, not(isSuspended!)))
    .limit(MOST_OF_ADDRESS)
}

/** Erases the address from the account and its confirmation links. */
export async function eraseEmailOf(tx: Tx, { id }: Pick<Person, 'id'>): Promise<void> {
  await tx
    .update(users)
    .set({ ...nothingKnown, email: null, mailLocale: null })
    .where(eq(users.id, id))
  await tx.delete(emailVerifications).where(eq(emailVerifications.userId, id))
}
