import { type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'

/** Returns the payload of a token that one of the keys signed and that passes the checks; otherwise null. */
export async function verify<C>(
  token: string | undefined,
  keys: Uint8Array[],
  checks: JWTVerifyOptions,
): Promise<(JWTPayload & C) | null> {
  if (!token) return null
  for (const key of keys) {
    const verified = await jwtVerify<C>(token, key, checks).catch(() => null)
    if (verified) return verified.payload
  }
  return null
}
