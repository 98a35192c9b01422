import type { Context } from 'hono'
import type { Env } from '../context'
import type { Tx } from '../db/open'
import { passkeyPlace } from '../http/passkey-place'
import type { ChallengeUse } from '../ports/sessions'
import { checkAssertion } from '../users/passkeys/ceremony'
import { assertionIn } from '../users/passkeys/fields'
import { findPasskey, usePasskey } from '../users/passkeys/model'

/** Checks the answer of a device, and returns whose passkey it is and how to note its use. */
export async function checkPasskey(
  c: Context<Env>,
  given: unknown,
  use: ChallengeUse,
  refusal: 'unauthenticated' | 'forbidden',
) {
  const { db, challenges, now } = c.var.app
  const place = passkeyPlace(c)
  const response = assertionIn(given)
  const passkey = await findPasskey(db, response.id, place.host)
  const checked = await checkAssertion(response, passkey, { challenges, use, place }, refusal)
  return { userId: passkey.userId, checked, note: (tx: Tx) => usePasskey(tx, passkey, checked, now()) }
}
