import type { Entry, Transfer } from './table'

/** Stands for the hash before the first transfer, in the shape of a SHA-256 in hexadecimal. */
export const GENESIS = '0'.repeat(64)

type Sealed = Pick<Transfer, 'id' | 'cause' | 'kind' | 'at' | 'postId'>
type SealedEntry = Pick<Entry, 'accountId' | 'kind' | 'coins' | 'earned' | 'balanceAfter' | 'earnedAfter'>

/** Hashes a transfer together with the previous hash (SHA-256), so that a change of one changes all later hashes. */
export function hashTransfer(before: string, { id, cause, kind, at, postId }: Sealed, entries: SealedEntry[]): string {
  const lines = entries.map((entry) => [
    entry.accountId,
    entry.kind,
    entry.coins,
    entry.earned,
    entry.balanceAfter,
    entry.earnedAfter,
  ])
  return new Bun.CryptoHasher('sha256')
    .update(JSON.stringify([before, id, cause, kind, +at, postId, lines]))
    .digest('hex')
}
