import { and, asc, eq, gt, lte } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { users } from '../users/table'
import { auditCauses } from './audit-causes'
import { GENESIS, hashTransfer } from './hash'
import { type AccountKind, coinAccounts, type Entry, entries, type Transfer, transfers } from './table'

const CHUNK = 1000

export type Audited = { transfers: number; accounts: number; faults: string[] }

/**
 * Reads the whole ledger and lists its faults; without faults, no coin was lost or created. `db` must be a snapshot,
 * since a purchase between two of these queries would look like a fault. Memory use grows with the number of accounts.
 */
export async function auditLedger(db: Reader): Promise<Audited> {
  const faults: string[] = []
  const books: Books = new Map()
  const tell = (fault: string) => void faults.push(fault)
  const count = await auditTransfers(db, books, tell)
  const accounts = await auditAccounts(db, books, tell)
  faults.push(...(await auditCauses(db)))
  return { transfers: count, accounts, faults }
}

type Tell = (fault: string) => void
type Books = Map<number, { balance: number; earned: number }>

/** Checks the hash chain, and each entry against the previous one of its account. */
async function auditTransfers(db: Reader, books: Books, tell: Tell): Promise<number> {
  let count = 0
  let last = { id: 0, hash: GENESIS }
  for (;;) {
    const chunk = await db
      .select()
      .from(transfers)
      .where(gt(transfers.id, last.id))
      .orderBy(asc(transfers.id))
      .limit(CHUNK)
    if (!chunk.length) break
    const lines = await entriesOf(db, last.id, chunk.at(-1)!.id)
    for (const transfer of chunk) {
      const own = lines.get(transfer.id) ?? []
      lines.delete(transfer.id)
      for (let id = last.id + 1; id < transfer.id; id++) tell(`transfer ${id} is missing`)
      auditTransfer(transfer, own, last.hash, tell)
      for (const entry of own) post(books, entry, tell)
      last = transfer
      count++
    }
    strays(lines, tell)
  }
  strays(await entriesOf(db, last.id, Number.MAX_SAFE_INTEGER), tell)
  return count
}

/** Reads the entries of the transfers after `after`, up to `last`. */
async function entriesOf(db: Reader, after: number, last: number): Promise<Map<number, Entry[]>> {
  const within = and(gt(entries.transferId, after), lte(entries.transferId, last))
  return Map.groupBy(
    await db.select().from(entries).where(within).orderBy(asc(entries.id)),
    ({ transferId }) => transferId,
  )
}

function auditTransfer(transfer: Transfer, own: Entry[], before: string, tell: Tell) {
  const { id, at, hash } = transfer
  if (!own.length) tell(`transfer ${id} has no entries`)
  if (own.reduce((sum, { coins }) => sum + coins, 0) !== 0) tell(`transfer ${id} creates or loses coins`)
  if (hash !== hashTransfer(before, transfer, own)) tell(`transfer ${id} was changed: its hash is wrong`)
  for (const entry of own) if (+entry.at !== +at) tell(`entry ${entry.id} has a different time than its transfer`)
}

function strays(lines: Map<number, Entry[]>, tell: Tell) {
  for (const { id, transferId } of [...lines.values()].flat())
    tell(`entry ${id} has no transfer: transfer ${transferId} does not exist`)
}

function post(books: Books, { id, accountId, coins, earned, balanceAfter, earnedAfter }: Entry, tell: Tell) {
  const before = books.get(accountId) ?? { balance: 0, earned: 0 }
  const right = before.balance + coins === balanceAfter && before.earned + earned === earnedAfter
  if (!right) tell(`entry ${id} does not follow from the previous entry of account ${accountId}`)
  books.set(accountId, { balance: balanceAfter, earned: earnedAfter })
}

/** Checks the balance of each account against its entries, and that all balances add up to 0. */
async function auditAccounts(db: Reader, books: Books, tell: Tell): Promise<number> {
  let [count, last, sum] = [0, 0, 0]
  for (;;) {
    const chunk = await db
      .select({ account: coinAccounts, owner: users.id })
      .from(coinAccounts)
      .leftJoin(users, eq(users.id, coinAccounts.userId))
      .where(gt(coinAccounts.id, last))
      .orderBy(asc(coinAccounts.id))
      .limit(CHUNK)
    for (const { account, owner } of chunk) {
      auditAccount(account, owner, books.get(account.id) ?? { balance: 0, earned: 0 }, tell)
      books.delete(account.id)
      sum += account.balance
    }
    count += chunk.length
    if (!chunk.length) break
    last = chunk.at(-1)!.account.id
  }
  for (const id of books.keys()) tell(`account ${id} is missing`)
  if (sum !== 0) tell(`the balances of all accounts add up to ${sum}, not 0`)
  return count
}

/** The owner of each kind of account, and the sign of its balance. */
const KINDS: Record<AccountKind, { owner: 'somebody' | 'the community'; sign: 1 | -1 }> = {
  member: { owner: 'somebody', sign: 1 },
  debt: { owner: 'somebody', sign: -1 },
  reserved: { owner: 'somebody', sign: 1 },
  issued: { owner: 'the community', sign: -1 },
  house: { owner: 'the community', sign: 1 },
  paid_out: { owner: 'the community', sign: 1 },
  taken_back: { owner: 'the community', sign: 1 },
}

type Account = typeof coinAccounts.$inferSelect

function auditAccount(
  { id, kind, userId, balance, earned }: Account,
  owner: number | null,
  book: Pick<Account, 'balance' | 'earned'>,
  tell: Tell,
) {
  if (book.balance !== balance) tell(`account ${id} holds ${balance}, but its entries add up to ${book.balance}`)
  if (book.earned !== earned)
    tell(`account ${id} holds ${earned} earned coins, but its entries add up to ${book.earned}`)
  const rules = KINDS[kind]
  if (!rules) return tell(`account ${id} is of an unknown kind: ${kind}`)
  const rightful = rules.owner === 'somebody' ? owner !== null : userId === null
  if (!rightful) tell(`account ${id} (${kind}) should belong to ${rules.owner}, but belongs to ${userId ?? 'nobody'}`)
  if (balance * rules.sign < 0) tell(`account ${id} (${kind}) holds ${balance}`)
  if (earned < 0 || earned > Math.max(0, balance)) tell(`account ${id} holds ${earned} earned coins of ${balance}`)
}
