import { eq, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { Problem } from '../http/errors'
import { type Person, person, users } from './table'

/** argon2id as OWASP's Password Storage Cheat Sheet has it: 19 MiB, two rounds. */
const argon2 = { algorithm: 'argon2id', memoryCost: 19 * 1024, timeCost: 2 } as const
export const hashPassword = (password: string) => Bun.password.hash(password, argon2)
let nobody: Promise<string> | undefined

export async function createUser(
  tx: Tx,
  draft: { handle: string; displayName?: string; passwordHash: string },
  now: Date,
): Promise<Person> {
  const [user] = await tx
    .insert(users)
    .values({ displayName: draft.handle, ...draft, createdAt: now })
    .onConflictDoNothing()
    .returning(person)
  if (!user) throw new Problem('conflict', 'That handle is taken.', { code: 'handle_taken' })
  return user
}

export async function findUser(db: Reader, handle: string): Promise<Person> {
  const [user] = await db.select(person).from(users).where(eq(users.handle, handle)).limit(1)
  if (!user) throw new Problem('not_found', 'No such person.')
  return user
}

/** An unknown handle takes as long as a wrong password, and is told the same. */
export async function checkPassword(db: Reader, handle: string, password: string): Promise<Person> {
  const [user] = await db
    .select({ ...person, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.handle, handle))
    .limit(1)
  const right = await Bun.password.verify(password, user?.passwordHash ?? (await (nobody ??= hashPassword('nobody'))))
  if (!user || !right) throw new Problem('unauthenticated', 'Handle or password is wrong.')
  const { passwordHash, ...found } = user
  return found
}

/** From now on every media link that this person holds is void. */
export const raiseEpoch = (tx: Tx, userId: number) =>
  tx
    .update(users)
    .set({ epoch: sql`${users.epoch} + 1` })
    .where(eq(users.id, userId))
