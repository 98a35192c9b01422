import { and, desc, eq, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import type { Person } from '../users/table'
import { accountOf, balanceOf, transfer } from './ledger'
import { coinAccounts, entries, transfers } from './table'

/** What somebody may spend, and what is set aside for a payout they asked for. */
export async function walletOf(db: Reader, me: Pick<Person, 'id'>): Promise<{ balance: number; earned: number; reserved: number }> {
  const { balance: reserved } = await balanceOf(db, 'reserved', me.id)
  return { ...(await balanceOf(db, 'member', me.id)), reserved }
}

/** My statement, newest first. */
export async function listEntries(db: Reader, me: Pick<Person, 'id'>, wanted: Wanted) {
  const rows = await db
    .select({ entry: entries, postId: transfers.postId, note: transfers.note })
    .from(entries)
    .innerJoin(coinAccounts, and(eq(coinAccounts.id, entries.accountId), eq(coinAccounts.kind, 'member')))
    .innerJoin(transfers, eq(transfers.id, entries.transferId))
    .where(and(sql`coalesce(${coinAccounts.userId}, 0) = ${me.id}`, before(wanted.cursor, entries.at, entries.id)))
    .orderBy(desc(entries.at), desc(entries.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ entry: { at, id } }) => ({ at, id }))
}

type Grant = { coins: number; note?: string | undefined; kind?: 'grant' | 'voucher'; cause: string }

/** New coins. Every one of them is written against `issued`, so that the sum of all accounts stays 0. */
export async function issue(tx: Tx, user: Pick<Person, 'id'>, { coins, note, kind = 'grant', cause }: Grant, at: Date): Promise<number> {
  const legs = [
    { account: await accountOf(tx, 'issued'), kind, coins: -coins },
    { account: await accountOf(tx, 'member', user.id), kind, coins },
  ]
  return transfer(tx, { cause, kind, at, note, legs })
}
