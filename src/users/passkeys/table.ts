import { bool, id, int, json, ref, str, table, time } from '../../db/columns'

export const passkeys = table('passkeys', {
  id: id<'passkey'>(),
  userId: ref<'user'>().notNull(),
  /** The id by which the device knows the key, in base64url. */
  credentialId: str().notNull().unique(),
  /** In base64url. */
  publicKey: str().notNull(),
  /** The host name that the key belongs to. A browser uses the key nowhere else. */
  host: str().notNull(),
  counter: int().notNull(),
  /** How browsers reach the key, such as `internal` or `usb`. */
  transports: json<string[]>().notNull(),
  /** Whether the device keeps a copy of the key elsewhere. */
  synced: bool().notNull(),
  name: str().notNull(),
  createdAt: time().notNull(),
  usedAt: time(),
})

export type Passkey = typeof passkeys.$inferSelect

/** Challenges whose answers were accepted, so that none is accepted twice. */
export const usedChallenges = table('used_challenges', {
  id: str().primaryKey(),
  expiresAt: time().notNull(),
})
