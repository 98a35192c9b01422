import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Assertion, Registration } from '../../../shapes/passkeys'
import type { Challenge, Challenges, ChallengeUse, PasskeyPlace } from '../../ports/sessions'
import { Problem } from '../../problem'
import type { Passkey } from './table'

/** The library is loaded at the first use, since few requests need it. */
const library = () => import('@simplewebauthn/server')

type Owner = { handle: string; displayName: string }
type Known = Pick<Passkey, 'credentialId' | 'transports'>

/** Makes the options with which a browser makes a passkey, which the device itself must be able to list and unlock. */
export async function creationOptions(
  place: PasskeyPlace,
  siteName: string,
  { handle, displayName }: Owner,
  challenge: string,
  known: Known[] = [],
) {
  const { generateRegistrationOptions } = await library()
  return generateRegistrationOptions({
    rpID: place.host,
    rpName: siteName,
    userName: handle,
    userDisplayName: displayName,
    challenge,
    timeout: 5 * 60_000,
    excludeCredentials: known.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports,
    })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** Makes the options with which a browser uses any passkey of this host. */
export async function requestOptions(place: PasskeyPlace, challenge: string) {
  const { generateAuthenticationOptions } = await library()
  return generateAuthenticationOptions({
    rpID: place.host,
    challenge,
    timeout: 5 * 60_000,
    userVerification: 'required',
  })
}

type Asked = { challenges: Challenges; use: ChallengeUse; place: PasskeyPlace }

export type NewPasskey = Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'synced' | 'host'>

/** Checks the answer of a device that has made a passkey. Throws 422 unless it is one to a challenge of ours. */
export async function checkRegistration(
  response: Registration,
  { challenges, use, place }: Asked,
): Promise<{ made: NewPasskey; challenge: Challenge }> {
  const { verifyRegistrationResponse } = await library()
  const challenge = await challenges.read(challengeIn(response.response.clientDataJSON), use)
  if (!challenge) throw expired('invalid')
  const { registrationInfo } = await verifyRegistrationResponse({
    response: response as unknown as RegistrationResponseJSON,
    expectedChallenge: () => true, // it was read above, which checks its signature
    expectedOrigin: place.origin,
    expectedRPID: place.host,
  }).catch(refuse('invalid'))
  if (!registrationInfo) throw broken('invalid')
  const { credential, credentialBackedUp } = registrationInfo
  const made = {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: credential.transports ?? [],
    synced: credentialBackedUp,
    host: place.host,
  }
  return { made, challenge }
}

type Refusal = 'unauthenticated' | 'forbidden'

/** Checks the answer of a device that has used a passkey. Returns the challenge and the new state of the passkey. */
export async function checkAssertion(
  response: Assertion,
  passkey: Passkey,
  { challenges, use, place }: Asked,
  refusal: Refusal,
): Promise<{ challenge: Challenge; counter: number; synced: boolean }> {
  const { verifyAuthenticationResponse } = await library()
  const challenge = await challenges.read(challengeIn(response.response.clientDataJSON), use)
  if (!challenge) throw expired(refusal)
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: response as unknown as AuthenticationResponseJSON,
    expectedChallenge: () => true,
    expectedOrigin: place.origin,
    expectedRPID: place.host,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
    },
  }).catch(refuse(refusal))
  if (!verified) throw broken(refusal)
  return { challenge, counter: authenticationInfo.newCounter, synced: authenticationInfo.credentialBackedUp }
}

/** Reads the challenge that a device has signed. Whether the signature is right is checked later. */
function challengeIn(clientDataJson: string): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString()) as { challenge?: unknown }
    return Buffer.from(String(challenge), 'base64url').toString()
  } catch {
    return ''
  }
}

const refuse = (kind: 'invalid' | Refusal) => (): never => {
  throw broken(kind)
}

const BROKEN = { message: 'This passkey could not be checked. Please try again.' }
const EXPIRED = { message: 'This took too long, or was done before. Please try again.' }
const broken = (kind: 'invalid' | Refusal) => new Problem(kind, BROKEN.message, { code: 'wrong_passkey' })
const expired = (kind: 'invalid' | Refusal) => new Problem(kind, EXPIRED.message, { code: 'challenge_expired' })
