import { desc, eq, type Placeholder, sql } from 'drizzle-orm'
import { type Doer, record } from '../actions/record'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { purchases } from '../library/table'
import type { Person } from '../ports/people'
import { posts } from '../posts/table'
import { users } from '../users/table'
import { accountOf, balanceOf, ofWallet, transfer } from './ledger'
import { coinAccounts, entries, tips, transfers } from './table'
import { creditedTo } from './transfer-legs'

/** Returns the coins that a person can spend, and those set aside for payouts. */
export async function walletOf(
  db: Reader,
  me: Pick<Person, 'id'>,
): Promise<{ balance: number; earned: number; reserved: number }> {
  const { balance: reserved } = await balanceOf(db, 'reserved', me.id)
  return { ...(await balanceOf(db, 'member', me.id)), reserved }
}

/** Selects the other person of a tip, sale or purchase; null when there is none or they have left. */
const otherOf = ({ id }: { id: Placeholder }) => sql<
  string | null
>`case when ${entries.kind} in ('tip', 'sale', 'purchase', 'gift') then (
  select handle from ${users} as other where other.deleted_at is null and other.id = coalesce(
    (select case when ${tips.fromId} = ${id} then ${tips.toId} else ${tips.fromId} end
      from ${tips} where ${tips.transferId} = ${transfers.id}),
    (select case when ${purchases.payerId} = ${id} then ${purchases.buyerId}
      when ${purchases.buyerId} = ${id} then ${posts.authorId}
      else coalesce(${purchases.payerId}, ${purchases.buyerId}) end
      from ${purchases} join ${posts} on ${posts.id} = ${purchases.postId}
      where ${purchases.transferId} = ${transfers.id})
  )) end`

/** Lists the entries of my statement, newest first. */
export async function listEntries(db: Reader, me: Pick<Person, 'id'>, wanted: Wanted) {
  const rows = await newestEntries(db).execute({ id: me.id, ...placeholdersOf(wanted) })
  return toPage(rows, wanted, ({ entry: { at, id } }) => ({ at, id }))
}

const newestEntries = prepared((db: Reader) => {
  const me = { id: sql.placeholder('id') }
  return db
    .select({ entry: entries, postId: transfers.postId, note: transfers.note, handle: otherOf(me) })
    .from(entries)
    .innerJoin(coinAccounts, ofWallet(me.id))
    .innerJoin(transfers, eq(transfers.id, entries.transferId))
    .where(beforePlaceholder(entries.at, entries.id))
    .orderBy(desc(entries.at), desc(entries.id))
    .limit(sql.placeholder('most'))
    .prepare()
})

type Issue = {
  coins: number
  note?: string | undefined
  kind?: 'grant' | 'voucher' | 'topup' | 'checkout'
  cause: string
}

/**
 * Creates coins. They are balanced by the account `issued`, so that all accounts add up to 0. They repay a debt first.
 */
export async function issue(
  tx: Tx,
  user: Pick<Person, 'id'>,
  { coins, note, kind = 'grant', cause }: Issue,
  at: Date,
): Promise<number> {
  const legs = [
    { account: await accountOf(tx, 'issued'), kind, coins: -coins },
    ...(await creditedTo(tx, user.id, kind, coins)),
  ]
  return transfer(tx, { cause, kind, at, note, legs })
}

type Grant = { coins: number; note?: string | undefined }

/** Gives somebody new coins on behalf of the staff or the command line. */
export async function grantCoins(
  tx: Tx,
  by: Doer,
  user: Pick<Person, 'id'>,
  { coins, note }: Grant,
  at: Date,
): Promise<void> {
  await issue(tx, user, { coins, note, cause: `grant:${crypto.randomUUID()}` }, at)
  await record(tx, { kind: 'coins_granted', by, on: user, reason: note, detail: { coins } }, at)
}
