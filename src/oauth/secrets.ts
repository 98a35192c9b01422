import { node } from '../node'

/** A secret of 256 random bits, which nobody guesses, so that a plain hash of it can be stored. */
export const newSecret = (): string => node.crypto.randomBytes(32).toString('base64url')
/** The public name of an app. It is no secret, and only has to differ from all others. */
export const newClientId = (): string => node.crypto.randomBytes(16).toString('base64url')

/** The SHA-256 of a text in base64url. It is also the method S256 of PKCE (RFC 7636, section 4.2). */
export const hashOf = (text: string): string => new Bun.CryptoHasher('sha256').update(text).digest('base64url')
