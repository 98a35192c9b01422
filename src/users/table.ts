import { sql } from 'drizzle-orm'
import type { Locale } from '../../shapes/locales'
import type { Role } from '../../shapes/users'
import { id, int, json, ref, str, table, time } from '../db/columns'
import { files } from '../files/table'
import type { Account } from '../ports/people'

export const users = table('users', {
  id: id(),
  handle: str().notNull().unique(),
  displayName: str().notNull(),
  bio: str().notNull().default(''),
  links: json<string[]>().notNull().default([]),
  email: str(),
  /** When its owner opened the link that was mailed there. */
  emailVerifiedAt: time(),
  /** When a mail server last said that it takes nothing for it, and in which words. */
  emailRefusedAt: time(),
  emailRefusal: str(),
  /** The language in which the address was entered, for mail to who left the choice to the browser. */
  mailLocale: str().$type<Locale>(),
  /** Null: what the browser asks for. */
  locale: str().$type<Locale>(),
  role: str().$type<Role>().notNull().default('member'),
  passwordHash: str().notNull(),
  avatarFileId: ref(),
  followers: int().notNull().default(0),
  following: int().notNull().default(0),
  posts: int().notNull().default(0),
  /** Bytes of all files, originals and renditions. */
  storageUsed: int().notNull().default(0),
  /** Raised when media links this person holds must end; see `src/revoked.ts`. */
  epoch: int().notNull().default(0),
  epochAt: time(),
  createdAt: time().notNull(),
  deletedAt: time(),
  /** By the staff, who say why; lifting it brings all back. */
  suspendedAt: time(),
  suspensionReason: str(),
})

/** Open links into the account, made by staff or the command line for who forgot the password. */
export const passwordResets = table('password_resets', {
  id: id(),
  userId: ref().notNull(),
  createdAt: time().notNull(),
  expiresAt: time().notNull(),
  usedAt: time(),
})

/** Open links that show that an address is somebody's. */
export const emailVerifications = table('email_verifications', {
  id: id(),
  userId: ref().notNull(),
  email: str().notNull(),
  createdAt: time().notNull(),
  expiresAt: time().notNull(),
  usedAt: time(),
})

/** What others may see of somebody: the columns to select, so that a password never leaves this folder. */
export const person = {
  id: users.id,
  handle: users.handle,
  displayName: users.displayName,
  bio: users.bio,
  links: users.links,
  /** Null until it is ready to be seen, and while they are suspended. */
  avatarFileId: sql<
    number | null
  >`(select ${files.id} from ${files} where ${files.id} = ${users.avatarFileId} and ${files.status} = 'ready' and ${files.deletedAt} is null and ${users.suspendedAt} is null)`.as(
    'avatar_file_id',
  ),
  followers: users.followers,
  following: users.following,
  posts: users.posts,
  createdAt: users.createdAt,
}

/** What only the person and the staff may see besides. */
export const account = {
  ...person,
  email: users.email,
  emailVerifiedAt: users.emailVerifiedAt,
  emailRefusedAt: users.emailRefusedAt,
  emailRefusal: users.emailRefusal,
  mailLocale: users.mailLocale,
  role: users.role,
  locale: users.locale,
  storageUsed: users.storageUsed,
  suspendedAt: users.suspendedAt,
  suspensionReason: users.suspensionReason,
  /** How far the chosen picture is; null when none was chosen. */
  avatarStatus: sql<
    Account['avatarStatus']
  >`(select ${files.status} from ${files} where ${files.id} = ${users.avatarFileId})`.as('avatar_status'),
}
