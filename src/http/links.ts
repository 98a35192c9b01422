import type { Keyring } from '../keys'
import { readToken, signToken } from '../signed-token'

/**
 * The purposes of one-time links. Each purpose has its own key, so a link can never pass for one of another purpose or
 * for a session.
 */
export type LinkPurpose = 'setup' | 'invite' | 'reset' | 'verify' | 'look' | 'device'
export type Links = ReturnType<typeof createLinks>

/** Signs and reads links. A token carries the id of a row, and the row decides whether the link is still valid. */
export function createLinks(keys: Keyring, now: () => Date) {
  return {
    sign: (purpose: LinkPurpose, id: number, expiresAt: Date): Promise<string> =>
      signToken(keys(purpose)[0], { audience: purpose, subject: id, expiresAt }),

    /** Returns the id, or undefined when the token is forged, expired or made for another purpose. */
    async read(purpose: LinkPurpose, token: string | undefined): Promise<number | undefined> {
      return (await readToken(token, keys(purpose), { audience: purpose, now: now() }))?.subject
    },
  }
}
