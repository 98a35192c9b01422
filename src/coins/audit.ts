import { and, asc, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { purchases } from '../library/table'
import { GENESIS, hashTransfer } from './hash'
import { coinAccounts, type Entry, entries, redemptions, transfers, vouchers } from './table'

const CHUNK = 1000

export type Audited = { transfers: number; accounts: number; faults: string[] }

/** Reads the whole ledger and names each fault in it; none means that no coin was lost or made. Bounded in memory by the accounts. */
export async function auditLedger(db: Reader): Promise<Audited> {
  const faults: string[] = []
  const books = new Map<number, { balance: number; earned: number }>()
  const count = await auditTransfers(db, books, (fault) => faults.push(fault))
  const accounts = await auditAccounts(db, books, (fault) => faults.push(fault))
  for (const check of [auditPurchases, auditRefunds, auditVouchers]) faults.push(...(await check(db)))
  return { transfers: count, accounts, faults }
}

type Tell = (fault: string) => void
type Books = Map<number, { balance: number; earned: number }>

/** The chain, and every entry against the one before it on its account. */
async function auditTransfers(db: Reader, books: Books, tell: Tell): Promise<number> {
  let [count, last, hash] = [0, 0, GENESIS]
  for (;;) {
    const chunk = await db.select().from(transfers).where(gt(transfers.id, last)).orderBy(asc(transfers.id)).limit(CHUNK)
    if (!chunk.length) return count
    const lines = await entriesOf(db, chunk[0]!.id, chunk.at(-1)!.id)
    for (const transfer of chunk) {
      const own = lines.get(transfer.id) ?? []
      if (transfer.id !== last + 1) tell(`transfer ${last + 1} is missing`)
      if (own.reduce((sum, { coins }) => sum + coins, 0) !== 0) tell(`transfer ${transfer.id} makes or loses coins`)
      if (transfer.hash !== hashTransfer(hash, transfer, own)) tell(`transfer ${transfer.id} is not what it was: its hash is wrong`)
      for (const entry of own) post(books, entry, tell)
      ;({ id: last, hash } = transfer)
      count++
    }
  }
}

async function entriesOf(db: Reader, from: number, to: number): Promise<Map<number, Entry[]>> {
  const rows = await db
    .select()
    .from(entries)
    .where(and(gt(entries.transferId, from - 1), sql`${entries.transferId} <= ${to}`))
    .orderBy(asc(entries.id))
  return Map.groupBy(rows, ({ transferId }) => transferId)
}

function post(books: Books, { id, accountId, coins, earned, balanceAfter, earnedAfter }: Entry, tell: Tell) {
  const before = books.get(accountId) ?? { balance: 0, earned: 0 }
  const right = before.balance + coins === balanceAfter && before.earned + earned === earnedAfter
  if (!right) tell(`entry ${id} does not follow from the one before it on account ${accountId}`)
  books.set(accountId, { balance: balanceAfter, earned: earnedAfter })
}

/** What each account says it holds against what its entries come to; and that all of them together are 0. */
async function auditAccounts(db: Reader, books: Books, tell: Tell): Promise<number> {
  let [count, last, sum] = [0, 0, 0]
  for (;;) {
    const chunk = await db.select().from(coinAccounts).where(gt(coinAccounts.id, last)).orderBy(asc(coinAccounts.id)).limit(CHUNK)
    for (const { id, balance, earned } of chunk) {
      const book = books.get(id) ?? { balance: 0, earned: 0 }
      if (book.balance !== balance || book.earned !== earned) tell(`account ${id} holds ${balance}, its entries say ${book.balance}`)
      books.delete(id)
      sum += balance
    }
    count += chunk.length
    if (!chunk.length) break
    last = chunk.at(-1)!.id
  }
  for (const id of books.keys()) tell(`account ${id} is missing`)
  if (sum !== 0) tell(`all accounts together hold ${sum}, not 0`)
  return count
}

/** Every purchase has its transfer of the same coins, and every transfer its purchase. */
async function auditPurchases(db: Reader): Promise<string[]> {
  const paid = and(eq(entries.transferId, purchases.transferId), eq(entries.kind, 'purchase'))
  const wrong = await db
    .select({ id: purchases.id })
    .from(purchases)
    .leftJoin(entries, paid)
    .where(sql`${entries.coins} is null or ${entries.coins} <> -${purchases.price}`)
  const orphans = await db
    .select({ id: transfers.id })
    .from(transfers)
    .leftJoin(purchases, eq(purchases.transferId, transfers.id))
    .where(and(eq(transfers.kind, 'purchase'), isNull(purchases.id)))
  return [
    ...wrong.map(({ id }) => `purchase ${id} was not paid for with its price`),
    ...orphans.map(({ id }) => `transfer ${id} paid for no purchase`),
  ]
}

async function auditRefunds(db: Reader): Promise<string[]> {
  const given = and(eq(entries.transferId, purchases.refundId), eq(entries.kind, 'refund'))
  const wrong = await db
    .select({ id: purchases.id })
    .from(purchases)
    .leftJoin(entries, given)
    .where(sql`${purchases.refundId} is not null and (${entries.coins} is null or ${entries.coins} <> ${purchases.price})`)
  const orphans = await db
    .select({ id: transfers.id })
    .from(transfers)
    .leftJoin(purchases, eq(purchases.refundId, transfers.id))
    .where(and(eq(transfers.kind, 'refund'), isNull(purchases.id)))
  return [
    ...wrong.map(({ id }) => `purchase ${id} was not refunded with its price`),
    ...orphans.map(({ id }) => `transfer ${id} refunds no purchase`),
  ]
}

/** A voucher is redeemed as often as it says, each time for its coins. */
async function auditVouchers(db: Reader): Promise<string[]> {
  const times = db
    .select({ voucherId: redemptions.voucherId, times: sql<number>`count(*)`.as('times') })
    .from(redemptions)
    .groupBy(redemptions.voucherId)
    .as('times_redeemed')
  const miscounted = await db
    .select({ id: vouchers.id })
    .from(vouchers)
    .leftJoin(times, eq(times.voucherId, vouchers.id))
    .where(ne(vouchers.used, sql`coalesce(${times.times}, 0)`))
  const given = and(eq(entries.transferId, redemptions.transferId), gt(entries.coins, 0))
  const wrong = await db
    .select({ id: redemptions.transferId })
    .from(redemptions)
    .innerJoin(vouchers, eq(vouchers.id, redemptions.voucherId))
    .leftJoin(entries, given)
    .where(sql`${entries.coins} is null or ${entries.coins} <> ${vouchers.coins}`)
  const redeemed = db.select({ id: redemptions.transferId }).from(redemptions)
  const orphans = await db
    .select({ id: transfers.id })
    .from(transfers)
    .where(and(eq(transfers.kind, 'voucher'), sql`${transfers.id} not in ${redeemed}`))
  return [
    ...miscounted.map(({ id }) => `voucher ${id} was not redeemed as often as it says`),
    ...wrong.map(({ id }) => `transfer ${id} did not give what its voucher is worth`),
    ...orphans.map(({ id }) => `transfer ${id} redeemed no voucher`),
  ]
}
