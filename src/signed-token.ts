import { type JWTPayload, jwtVerify, SignJWT } from 'jose'

const ALGORITHM = 'HS256'

type Contents<C> = {
  /** The audience names the purpose. Tokens for other purposes are refused, even where they were signed by the same key. */
  audience: string
  /** The id of the person or row that the token is about. */
  subject: number
  claims?: C
  /** Distinguishes tokens with the same contents. */
  id?: string
  /** Without it, the token never expires. */
  expiresAt?: Date
}

/** Signs a JSON web token. The claims are encoded, not encrypted, so they must not be secret. */
export function signToken<C extends JWTPayload>(
  key: Uint8Array,
  { audience, subject, claims, id, expiresAt }: Contents<C>,
): Promise<string> {
  const token = new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM })
    .setAudience(audience)
    .setSubject(String(subject))
  if (id) token.setJti(id)
  if (expiresAt) token.setExpirationTime(expiresAt)
  return token.sign(key)
}

type Expected = {
  audience: string
  /** The claims that the token must have, besides its subject. */
  claims?: string[]
  /** The time at which it must not have expired. Without it, tokens that never expire are read. */
  now?: Date
}
type Read<C> = { subject: number; claims: JWTPayload & C }

/** Reads a token that one of the keys signed. Returns null when it is forged, expired, or not what is expected. */
export async function readToken<C = unknown>(
  token: string | undefined,
  keys: Uint8Array[],
  { audience, claims = [], now }: Expected,
): Promise<Read<C> | null> {
  if (!token) return null
  const requiredClaims = ['sub', ...(now ? ['exp'] : []), ...claims]
  const checks = { algorithms: [ALGORITHM], audience, requiredClaims, ...(now && { currentDate: now }) }
  for (const key of keys) {
    const verified = await jwtVerify<C>(token, key, checks).catch(() => null)
    if (verified) return { subject: Number(verified.payload.sub), claims: verified.payload }
  }
  return null
}
