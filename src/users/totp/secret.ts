import { seal, unseal } from '../../sealed'

/** Every authenticator app understands these parameters of RFC 6238: SHA-1, six digits and 30 seconds. */
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: 30 }
/** How many steps the clock of a phone may be ahead or behind. */
const DRIFT = 1
/** The length that RFC 4226 recommends. */
const SECRET_BYTES = 20

/** The library is loaded for the first code, since its hash functions are a part of the start that few servers need. */
const library = () => import('otpauth/slim')

/** Creates a secret in base 32, as people type it. */
export async function newTotpSecret(): Promise<string> {
  const { Secret } = await library()
  return new Secret({ size: SECRET_BYTES }).base32
}

/** The address that a QR code shows to an authenticator app. A colon would end the name of the community in it. */
export async function uriOf(secret: string, handle: string, siteName: string): Promise<string> {
  const { TOTP } = await library()
  return new TOTP({ ...PARAMETERS, issuer: siteName.replaceAll(':', ' '), label: handle, secret }).toString()
}

/** The time step that a code belongs to, or undefined when the code is wrong or of another time. */
export async function stepOf(secret: string, code: string, now: Date): Promise<number | undefined> {
  const { TOTP } = await library()
  const totp = new TOTP({ ...PARAMETERS, secret })
  const delta = totp.validate({ token: code, timestamp: +now, window: DRIFT })
  return delta === null ? undefined : totp.counter({ timestamp: +now }) + delta
}

const owner = (userId: number) => `second factor of ${userId}`

/** Encrypts a secret for its row. It can be decrypted for the same person only. */
export const sealSecret = (key: Uint8Array, userId: number, secret: string): string => seal(key, owner(userId), secret)

/** Decrypts a secret. Throws when it was encrypted with the key of another secrets.json. */
export function unsealSecret(key: Uint8Array, userId: number, sealed: string): string {
  try {
    return unseal(key, owner(userId), sealed)
  } catch (cause) {
    throw new Error(
      `The second factor of user ${userId} does not belong to secrets.json. Restore that file from the same backup as ` +
        'the database, or remove the second factor with pinhole users reset-second-factor.',
      { cause },
    )
  }
}
