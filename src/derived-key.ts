const BYTES = 32

/**
 * Derives a key of 32 bytes for one purpose from a secret, by HKDF with SHA-256 and without a salt (RFC 5869). The key is
 * the first block of what HKDF gives.
 */
export function derivedKey(secret: string, purpose: string): Uint8Array {
  const extracted = hmac(new Uint8Array(BYTES), Buffer.from(secret))
  return hmac(extracted, Buffer.from(purpose), Uint8Array.of(1))
}

function hmac(key: Uint8Array, ...parts: Uint8Array[]): Uint8Array {
  const hasher = new Bun.CryptoHasher('sha256', key)
  for (const part of parts) hasher.update(part)
  return new Uint8Array(hasher.digest())
}
