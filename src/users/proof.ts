import { eq } from 'drizzle-orm'
import type { Reader } from '../db/open'
import type { Viewer } from '../ports/people'
import { fieldProblem } from '../problem'
import { requirePassword } from './account'
import { users } from './table'

/** How long the use of a passkey stands in for the password. */
const FRESH_MS = 10 * 60_000

type Proven = Pick<Viewer, 'passkeyAt'> | null

/** Whether the person has used a passkey in this session within the last ten minutes. */
export const isProven = (viewer: Proven, now: Date): boolean =>
  !!viewer?.passkeyAt && +now - +viewer.passkeyAt < FRESH_MS

/**
 * Throws 403 unless the person proves who they are, by their password or by having used a passkey just now: an open
 * session must not be enough to take over an account. Returns the password hash as it was at that moment.
 */
export async function requireProof(
  db: Reader,
  me: Viewer,
  password: string | undefined,
  now: Date,
  path = 'password',
): Promise<string> {
  if (password) return requirePassword(db, me, password, path)
  if (!isProven(me, now))
    throw fieldProblem(
      'forbidden',
      { path, message: 'Enter your password, or use a passkey first.' },
      { code: 'password_required' },
    )
  const [user] = await db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, me.id))
  return user?.passwordHash ?? ''
}
