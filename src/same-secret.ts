/** Compares a secret with what was given in its place, in constant time. Only their lengths can be told from the time. */
export function isSameSecret(secret: string, given: string): boolean {
  const [one, other] = [Buffer.from(secret), Buffer.from(given)]
  return one.length === other.length && crypto.timingSafeEqual(one, other)
}
