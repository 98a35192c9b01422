import pLimit from 'p-limit'

/** argon2id as OWASP's Password Storage Cheat Sheet has it: 19 MiB, two rounds. */
const argon2 = { algorithm: 'argon2id', memoryCost: 19 * 1024, timeCost: 2 } as const

/** A crowd at the door must not take all the memory and both cores. */
const atMostTwo = pLimit(2)

export const hashPassword = (password: string): Promise<string> => atMostTwo(() => Bun.password.hash(password, argon2))

let nobody: Promise<string> | undefined

/** Takes as long without a hash (an unknown handle) as with one. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  nobody ??= hashPassword('nobody')
  const against = hash || (await nobody)
  return (await atMostTwo(() => Bun.password.verify(password, against))) && !!hash
}
