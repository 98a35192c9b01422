import { randomBytes, timingSafeEqual } from 'node:crypto'

/** A secret of 256 random bits, which nobody guesses, so that a plain hash of it can be stored. */
export const newSecret = (): string => randomBytes(32).toString('base64url')
export const newClientId = (): string => randomBytes(16).toString('base64url')

/** The SHA-256 of a text in base64url. It is also the method S256 of PKCE (RFC 7636, section 4.2). */
export const hashOf = (text: string): string => new Bun.CryptoHasher('sha256').update(text).digest('base64url')

export const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
