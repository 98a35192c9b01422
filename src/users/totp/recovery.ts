import { and, eq, sql } from 'drizzle-orm'
import { newVoucherCode, parseVoucherCode } from '../../coins/voucher-code'
import type { Reader, Tx } from '../../db/open'
import { prepared } from '../../db/prepared'
import { recoveryCodes } from './table'

const HOW_MANY = 10

/** Hashes a code as people type it, with a key of the server. Null for text that is not a recovery code. */
export function hashRecoveryCode(key: Uint8Array, text: string): string | null {
  const code = parseVoucherCode(text)
  return code ? new Bun.CryptoHasher('sha256', key).update(code).digest('base64url') : null
}

/** Uses up a code. Returns true if it was one of this person's. */
export async function useRecoveryCode(tx: Tx, userId: number, codeHash: string | null): Promise<boolean> {
  if (!codeHash) return false
  const found = and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, codeHash))
  return (await tx.delete(recoveryCodes).where(found).returning({ id: recoveryCodes.userId })).length > 0
}

/** Replaces all recovery codes of a person. Returns the new ones, which cannot be read later. */
export async function makeRecoveryCodes(tx: Tx, key: Uint8Array, userId: number): Promise<string[]> {
  const codes = Array.from({ length: HOW_MANY }, newVoucherCode)
  await dropRecoveryCodes(tx, userId)
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ userId, codeHash: hashRecoveryCode(key, code)! })))
  return codes
}

/** Deletes all recovery codes of a person. */
export const dropRecoveryCodes = (tx: Tx, userId: number) =>
  tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))

/** Counts the recovery codes of a person that were not used yet. */
export async function countRecoveryCodes(db: Reader, userId: number): Promise<number> {
  const [row] = await countOf(db).execute({ userId })
  return row?.count ?? 0
}

const countOf = prepared((db: Reader) =>
  db
    .select({ count: sql<number>`count(*)` })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.userId, sql.placeholder('userId')))
    .prepare(),
)
