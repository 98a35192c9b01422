import { z } from 'zod'
import { later, object } from './object'

export const passkeySchema = object(() => ({
  id: z.int(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  synced: z
    .boolean()
    .describe('Whether the device keeps a copy elsewhere, so that losing it does not lose the passkey.'),
  host: z.string().describe('The host name at which the passkey works.'),
  usable: z.boolean().describe('Whether that is the host name of this server.'),
})).meta({ id: 'Passkey' })

export type PasskeyJson = z.infer<typeof passkeySchema>

const base64url = later(() => z.string().max(20_000))

/** `navigator.credentials` gives this to a page, in the JSON form of WebAuthn. Browsers may add members. */
const credential = object(() => ({ id: base64url(), rawId: base64url(), type: z.literal('public-key') }))

export const registrationSchema = object(() => ({
  ...credential.shape,
  response: object(() => ({ clientDataJSON: base64url(), attestationObject: base64url() })).loose(),
})).loose()
export const assertionSchema = object(() => ({
  ...credential.shape,
  response: object(() => ({
    clientDataJSON: base64url(),
    authenticatorData: base64url(),
    signature: base64url(),
  })).loose(),
})).loose()

export type Registration = z.infer<typeof registrationSchema>
export type Assertion = z.infer<typeof assertionSchema>

/** Options for `navigator.credentials`, in the JSON form of WebAuthn. */
export const creationOptionsSchema = object(() => ({
  challenge: z.string(),
  rp: object(() => ({ id: z.string(), name: z.string() })),
  user: object(() => ({ id: z.string(), name: z.string(), displayName: z.string() })),
})).loose()
export const requestOptionsSchema = object(() => ({ challenge: z.string(), rpId: z.string() })).loose()

/** The reason for which a page cannot offer passkeys. */
export type PasskeyHindrance = 'plain_http' | 'ip_address' | 'other_address'
