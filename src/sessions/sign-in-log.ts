import type { Reader } from '../db/open'
import { log } from '../log'
import { Problem } from '../problem'
import { isHandleTaken } from '../users/model'

type Attempt = { address: string; handle: string }

/** Logs a sign-in in the form that `docs/running.md` describes for fail2ban. */
export const logSignIn = ({ address, handle }: Attempt) => log.info('Sign-in', { address, handle })

/**
 * Runs an attempt to sign in, and logs it if it is refused. The log tells an unknown handle and a wrong password apart,
 * unlike the answer. What was entered is left out unless it has the form of a handle, since people sometimes type their
 * email address or password there.
 */
export async function loggingRefusal<T>(db: Reader, { address, handle }: Attempt, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem) {
      const entered = handle.toLowerCase()
      const shown = /^[a-z0-9_]{3,30}$/.test(entered) ? entered : undefined
      log.warn('Sign-in refused', { address, reason: await reasonOf(db, error, handle), handle: shown })
    }
    throw error
  }
}

/** The code of the problem, as in `suspended` or `rate_limited`, unless only the log may know more. */
async function reasonOf(db: Reader, { kind, members }: Problem, handle: string): Promise<string> {
  if (members.code || kind !== 'unauthenticated') return members.code ?? kind
  return (await isHandleTaken(db, handle)) ? 'password' : 'unknown_handle'
}
