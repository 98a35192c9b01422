import { sql } from 'drizzle-orm'
import type { Locale } from '../../shapes/locales'
import type { Role } from '../../shapes/users'
import { bool, id, int, json, ref, str, table, time } from '../db/columns'
import { files } from '../files/table'
import type { Account } from '../ports/people'
import { passkeys } from './passkeys/table'
import { secondFactors } from './totp/table'

export const users = table('users', {
  id: id<'user'>(),
  handle: str().notNull().unique(),
  displayName: str().notNull(),
  bio: str().notNull().default(''),
  links: json<string[]>().notNull().default([]),
  email: str(),
  /** When the owner opened the mailed link. */
  emailVerifiedAt: time(),
  /** When a mail server last refused the address, and its reply. */
  emailRefusedAt: time(),
  emailRefusal: str(),
  /** The language in which the address was entered, for mail to accounts that left the choice to the browser. */
  mailLocale: str().$type<Locale>(),
  /** The chosen language; null follows the browser. */
  locale: str().$type<Locale>(),
  /** The chosen time zone; null follows the community. */
  timeZone: str(),
  role: str().$type<Role>().notNull().default('member'),
  passwordHash: str().notNull(),
  avatarFileId: ref<'file'>(),
  followers: int().notNull().default(0),
  following: int().notNull().default(0),
  posts: int().notNull().default(0),
  /** The bytes of all files, including renditions. */
  storageUsed: int().notNull().default(0),
  /** Raised to end all media links that the person holds; see `src/revoked.ts`. */
  epoch: int().notNull().default(0),
  epochAt: time(),
  createdAt: time().notNull(),
  deletedAt: time(),
  /** Whether only accepted followers see the posts of this person. */
  private: bool().notNull().default(false),
  /**
   * When the account was hidden: the staff suspended it, for this reason, or it is being deleted. Lifting the suspension
   * or coming back restores everything.
   */
  suspendedAt: time(),
  suspensionReason: str(),
  /** When an account that was deleted is erased. Until then it is hidden, and its owner can come back. */
  eraseAt: time(),
  /** When the person last agreed to the rules, terms and privacy statement. */
  agreedAt: time(),
  /** The age that the person has confirmed to have in order to buy coins. */
  buyerAge: int(),
  /** When the person last signed in or used a session, to the day; null if they never did. */
  seenAt: time(),
  /** The invitation by which the person joined, if it was one. */
  inviteId: ref(),
  /** When the person asked to join; null once the staff have approved them, or if nobody has to. */
  waitingAt: time(),
  /** When the staff refused a person who waits, and why. */
  refusedAt: time(),
  refusal: str(),
  /** Whether the person has to confirm their email address before they can take part. */
  mustConfirm: bool().notNull().default(false),
  /** Whether the welcome of the host is still shown to a new member. */
  isNew: bool().notNull().default(false),
  /** When the person, or the staff for them, confirmed that they are an adult; see `src/users/adults/`. */
  adultAt: time(),
  /** From when the person is an adult, if they said a birthday by which they were too young. */
  adultFrom: time(),
  /** Their own storage in MB; null for that of their role. */
  quotaMb: int(),
})

/** Reset links, made by the staff or the command line, or mailed to someone who forgot their password. */
export const passwordResets = table('password_resets', {
  id: id(),
  userId: ref<'user'>().notNull(),
  createdAt: time().notNull(),
  expiresAt: time().notNull(),
  usedAt: time(),
})

/** Links that confirm that an address belongs to the account. */
export const emailVerifications = table('email_verifications', {
  id: id(),
  userId: ref<'user'>().notNull(),
  email: str().notNull(),
  createdAt: time().notNull(),
  expiresAt: time().notNull(),
  usedAt: time(),
})

/** The columns that others may see, so that a password hash never leaves this folder. */
export const person = {
  id: users.id,
  handle: users.handle,
  displayName: users.displayName,
  bio: users.bio,
  links: users.links,
  /** The picture; null until it is ready, and while the person is suspended. */
  avatarFileId: sql<number | null>`(
    select ${files.id} from ${files}
    where ${files.id} = ${users.avatarFileId} and ${files.status} = 'ready' and ${files.deletedAt} is null
      and ${users.suspendedAt} is null
  )`.as('avatar_file_id'),
  followers: users.followers,
  following: users.following,
  posts: users.posts,
  private: users.private,
  createdAt: users.createdAt,
}

/** The columns that only the person and the staff may see. */
export const account = {
  ...person,
  email: users.email,
  emailVerifiedAt: users.emailVerifiedAt,
  emailRefusedAt: users.emailRefusedAt,
  emailRefusal: users.emailRefusal,
  mailLocale: users.mailLocale,
  role: users.role,
  locale: users.locale,
  timeZone: users.timeZone,
  storageUsed: users.storageUsed,
  suspendedAt: users.suspendedAt,
  suspensionReason: users.suspensionReason,
  eraseAt: users.eraseAt,
  agreedAt: users.agreedAt,
  buyerAge: users.buyerAge,
  seenAt: users.seenAt,
  waitingAt: users.waitingAt,
  refusedAt: users.refusedAt,
  refusal: users.refusal,
  mustConfirm: users.mustConfirm,
  isNew: users.isNew,
  adultAt: users.adultAt,
  adultFrom: users.adultFrom,
  quotaMb: users.quotaMb,
  /** The processing state of the chosen picture; null when none was chosen. */
  avatarStatus: sql<
    Account['avatarStatus']
  >`(select ${files.status} from ${files} where ${files.id} = ${users.avatarFileId})`.as('avatar_status'),
  secondFactor: sql`exists (
    select 1 from ${secondFactors}
    where ${secondFactors.userId} = ${users.id} and ${secondFactors.confirmedAt} is not null
  )`
    .mapWith(Boolean)
    .as('second_factor'),
  hasPassword: sql`${users.passwordHash} <> ''`.mapWith(Boolean).as('has_password'),
  // The id is written with its table, since both tables have one.
  passkeys: sql<number>`(select count(*) from ${passkeys} where ${passkeys.userId} = ${users}.id)`
    .mapWith(Number)
    .as('passkeys'),
}
