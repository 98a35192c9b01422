import { int, primaryKey, ref, str, table, time } from '../../db/columns'

/** The secrets of authenticator apps, at most one a person. */
export const secondFactors = table('second_factors', {
  userId: ref<'user'>().primaryKey(),
  /** Encrypted; see `secret.ts`. */
  secret: str().notNull(),
  /** Null until the first right code proves that the app has the secret. */
  confirmedAt: time(),
  /** The time step of the last accepted code, so that no code is accepted twice. */
  lastStep: int().notNull().default(0),
  /** Wrong codes in a row, and when the next code is accepted after too many of them. */
  failures: int().notNull().default(0),
  retryAt: time(),
})

/** Codes for people who have lost their app, as hashes. A row is deleted when its code is used. */
export const recoveryCodes = table(
  'recovery_codes',
  { userId: ref<'user'>().notNull(), codeHash: str().notNull() },
  (t) => [primaryKey({ columns: [t.userId, t.codeHash] })],
)

export type SecondFactor = typeof secondFactors.$inferSelect
