import pLimit from 'p-limit'

/** The argon2id parameters of OWASP's Password Storage Cheat Sheet: 19 MiB, two rounds. */
const argon2 = { algorithm: 'argon2id', memoryCost: 19 * 1024, timeCost: 2 } as const

/** Limits parallel hashing, so that many sign-ins at once cannot take all the memory and both cores. */
const atMostTwo = pLimit(2)

/** Hashes a password with a salt of its own, so that equal passwords have different hashes. */
export const hashPassword = (password: string): Promise<string> => atMostTwo(() => Bun.password.hash(password, argon2))

let nobody: Promise<string> | undefined

/** Verifies a password. Without a hash (an unknown handle) it takes as long as with one. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  nobody ??= hashPassword('nobody')
  const against = hash || (await nobody)
  return (await atMostTwo(() => Bun.password.verify(password, against))) && !!hash
}
