import type { Keys } from '../keys'
import type { Challenges } from '../ports/sessions'
import { readToken, signToken } from '../signed-token'

/** A sign-in page holds a challenge from the moment at which it is opened, so that browsers can offer passkeys there. */
const CHALLENGE_MS = 3600_000

/** Signs and reads the challenges of passkeys. */
export const createChallenges = (keys: () => Keys, now: () => Date): Challenges => ({
  sign: (use, userId = 0) =>
    signToken(keys()[0], {
      audience: `passkey ${use}`,
      subject: userId,
      id: crypto.randomUUID(),
      expiresAt: new Date(+now() + CHALLENGE_MS),
    }),

  async read(text, use) {
    const expected = { audience: `passkey ${use}`, claims: ['jti'], now: now() }
    const read = await readToken<{ jti: string; exp: number }>(text, keys(), expected)
    return read && { id: read.claims.jti, userId: read.subject, expiresAt: new Date(read.claims.exp * 1000) }
  },
})
