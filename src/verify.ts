import { type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'

/** What a token says when one of the keys has signed it and the checks hold; null for everything else. */
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
