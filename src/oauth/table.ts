import type { Scope } from '../../shapes/tokens'
import { id, json, ref, str, table, time } from '../db/columns'

/** An app of somebody else that may act for members who allow it. */
export const apps = table('apps', {
  id: id<'app'>(),
  clientId: str().notNull().unique(),
  /** The hash of the secret of an app that runs on a server. Apps on devices have none. */
  secretHash: str(),
  name: str().notNull(),
  site: str(),
  redirectUris: json<string[]>().notNull(),
  /** The member who registered the app. Null for apps that registered themselves. */
  ownerId: ref<'user'>(),
  createdAt: time().notNull(),
  removedAt: time(),
})

export type AppRow = typeof apps.$inferSelect

/** A code that an app exchanges once for tokens. */
export const appCodes = table('app_codes', {
  hash: str().primaryKey(),
  appId: ref<'app'>().notNull(),
  userId: ref<'user'>().notNull(),
  /** The session of the person who allowed the app. The code is worth nothing when it has ended. */
  allowedInId: ref<'session'>().notNull(),
  redirectUri: str().notNull(),
  scopes: json<Scope[]>().notNull(),
  /** The hash of a secret of the app (RFC 7636), which it shows with the code. */
  challenge: str().notNull(),
  expiresAt: time().notNull(),
  /** The session that was made for the code. Null until the code is used. */
  grantId: ref<'session'>(),
})
