import { and, desc, eq, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { EntryKind } from '../../shapes/coins'
import type { Reader, Tx } from '../db/open'
import { countChanges, prepared } from '../db/prepared'
import { touch } from '../db/tell'
import { Problem } from '../problem'
import { GENESIS, hashTransfer } from './hash'
import { heldOf } from './held'
import { type Account, type AccountKind, coinAccounts, entries, transfers } from './table'

/** The largest number of coins in one transfer, and therefore the highest price, grant or voucher. */
export const MOST_COINS = 1_000_000

/**
 * One side of a transfer. `account` was read in the same transaction, after any other transfer. `from` says which coins
 * to take first: bought coins when spending, earned coins when a sale is taken back. `earned` says how many of the added
 * coins count as earned.
 */
export type Leg = { account: Account; kind: EntryKind; coins: number; from?: 'bought' | 'earned'; earned?: number }
type Draft = { cause: string; kind: EntryKind; at: Date; postId?: number; note?: string | undefined; legs: Leg[] }
export type Balance = { balance: number; earned: number }

const selectAccount = (db: Reader, isKind: SQL, userId: Placeholder = sql.placeholder('userId')) =>
  db
    .select()
    .from(coinAccounts)
    .where(and(isKind, sql`coalesce(${coinAccounts.userId}, 0) = ${userId}`))

const findAccount = prepared((db: Reader) =>
  selectAccount(db, eq(coinAccounts.kind, sql.placeholder('kind')))
    .limit(1)
    .prepare(),
)

/** Returns an account of a person or of the community, which is created when it is first needed. */
export async function accountOf(tx: Tx, kind: AccountKind, userId: number | null = null): Promise<Account> {
  const [found] = await findAccount(tx).execute({ kind, userId: userId ?? 0 })
  if (found) return found
  const [made] = await tx.insert(coinAccounts).values({ kind, userId }).returning()
  return made!
}

const [isMember, isDebt] = [eq(coinAccounts.kind, 'member'), eq(coinAccounts.kind, 'debt')]

// SQLite makes a table of the list of an `in`, which takes longer than looking for one after the other.
const findAccountsOf = prepared((db: Reader) =>
  selectAccount(db, isMember).unionAll(selectAccount(db, isDebt)).prepare(),
)

const findAccountsBetween = prepared((db: Reader) =>
  selectAccount(db, isMember)
    .unionAll(selectAccount(db, isDebt))
    .unionAll(selectAccount(db, isMember, sql.placeholder('payerId')))
    .prepare(),
)

/** The account of a person, and that of their debt, if they ever had one. */
export type AccountsOfOne = { account: Account; debt: Account | undefined }

/** Returns the accounts of a person. The one for their coins is created when it is first needed. */
export const accountsOf = async (tx: Tx, userId: number): Promise<AccountsOfOne> =>
  accountsIn(tx, await findAccountsOf(tx).execute({ userId }), userId)

/** Returns the account that one person pays from, and the accounts of the other one, by one query. */
export async function accountsBetween(
  tx: Tx,
  payerId: number,
  payeeId: number,
): Promise<{ payer: Account; payee: AccountsOfOne }> {
  const found = await findAccountsBetween(tx).execute({ payerId, userId: payeeId })
  return { payer: (await accountsIn(tx, found, payerId)).account, payee: await accountsIn(tx, found, payeeId) }
}

async function accountsIn(tx: Tx, found: Account[], userId: number): Promise<AccountsOfOne> {
  const of = (kind: AccountKind) => found.find((account) => account.kind === kind && account.userId === userId)
  return { account: of('member') ?? (await accountOf(tx, 'member', userId)), debt: of('debt') }
}

/** Reads an account in coins. One that no coin has reached yet is empty. Accounts of the community have no `userId`. */
export async function balanceOf(db: Reader, kind: AccountKind, userId: number | null = null): Promise<Balance> {
  const [account] = await findAccount(db).execute({ kind, userId: userId ?? 0 })
  return { balance: account?.balance ?? 0, earned: account?.earned ?? 0 }
}

/** The join of entries with the account that a person spends from. */
export const ofWallet = (userId: number | Placeholder) =>
  and(
    eq(coinAccounts.id, entries.accountId),
    eq(coinAccounts.kind, 'member'),
    sql`coalesce(${coinAccounts.userId}, 0) = ${userId}`,
  )

const writeAccount = prepared((tx: Tx) =>
  tx
    .update(coinAccounts)
    .set({ balance: sql`${sql.placeholder('balance')}`, earned: sql`${sql.placeholder('earned')}` })
    .where(
      and(
        eq(coinAccounts.id, sql.placeholder('id')),
        eq(coinAccounts.balance, sql.placeholder('balanceBefore')),
        eq(coinAccounts.earned, sql.placeholder('earnedBefore')),
      ),
    )
    .prepare(),
)

const lastTransfer = prepared((tx: Tx) =>
  tx.select({ id: transfers.id, hash: transfers.hash }).from(transfers).orderBy(desc(transfers.id)).limit(1).prepare(),
)

const insertTransfer = prepared((tx: Tx) =>
  tx
    .insert(transfers)
    .values({
      id: sql.placeholder('id'),
      cause: sql.placeholder('cause'),
      kind: sql.placeholder('kind'),
      at: sql.placeholder('at'),
      postId: sql.placeholder('postId'),
      note: sql.placeholder('note'),
      hash: sql.placeholder('hash'),
    })
    .prepare(),
)

type Moved = Omit<typeof entries.$inferInsert, 'id' | 'transferId' | 'at'>

const entryValues = (n: number) => ({
  transferId: sql.placeholder('transferId'),
  at: sql.placeholder('at'),
  accountId: sql.placeholder(`accountId${n}`),
  kind: sql.placeholder(`kind${n}`),
  coins: sql.placeholder(`coins${n}`),
  earned: sql.placeholder(`earned${n}`),
  balanceAfter: sql.placeholder(`balanceAfter${n}`),
  earnedAfter: sql.placeholder(`earnedAfter${n}`),
})

const valuesOf = (n: number, { accountId, kind, coins, earned, balanceAfter, earnedAfter }: Moved) => ({
  [`accountId${n}`]: accountId,
  [`kind${n}`]: kind,
  [`coins${n}`]: coins,
  [`earned${n}`]: earned,
  [`balanceAfter${n}`]: balanceAfter,
  [`earnedAfter${n}`]: earnedAfter,
})

const insertOne = prepared((tx: Tx) => tx.insert(entries).values(entryValues(1)).prepare())
const insertTwo = prepared((tx: Tx) =>
  tx
    .insert(entries)
    .values([entryValues(1), entryValues(2)])
    .prepare(),
)

/** Inserts two entries by one query, since most transfers have two. */
async function insertEntries(tx: Tx, transfer: { transferId: number; at: Date }, moved: Moved[]): Promise<void> {
  for (let i = 0; i < moved.length; i += 2) {
    const [one, two] = moved.slice(i, i + 2) as [Moved, Moved?]
    if (two) await insertTwo(tx).execute({ ...transfer, ...valuesOf(1, one), ...valuesOf(2, two) })
    else await insertOne(tx).execute({ ...transfer, ...valuesOf(1, one) })
  }
}

/**
 * Moves coins between accounts; the legs must add up to 0. Throws 402 `insufficient_coins` when an account has too few
 * coins, and the surrounding write is then rolled back. The database refuses a cause that has already moved coins.
 */
export async function transfer(tx: Tx, { legs, note, postId, ...draft }: Draft): Promise<number> {
  if (legs.reduce((sum, { coins }) => sum + coins, 0) !== 0)
    throw new Error(`A transfer creates or loses coins: ${draft.cause}`)
  const [last] = await lastTransfer(tx).execute()
  const id = (last?.id ?? 0) + 1
  const moved = []
  const accounts = new Map<number, Account>() // as the legs so far left them
  for (const leg of legs) moved.push(await move(tx, leg, accounts))
  const hash = hashTransfer(last?.hash ?? GENESIS, { id, ...draft, postId: postId ?? null }, moved)
  await insertTransfer(tx).execute({ id, ...draft, postId: postId ?? null, note: note ?? null, hash })
  await insertEntries(tx, { transferId: id, at: draft.at }, moved)
  return id
}

async function move(
  tx: Tx,
  { account, kind, coins, from = 'bought', earned = 0 }: Leg,
  accounts: Map<number, Account>,
) {
  const before = accounts.get(account.id) ?? account
  const balanceAfter = before.balance + coins
  if (before.kind === 'member' && balanceAfter < 0) throw insufficient(before.balance, -coins)
  if (before.userId && SPENDING.includes(kind) && coins < 0) await refuseHeld(tx, before.userId, before, -coins)
  const taken = from === 'earned' ? Math.max(0, before.earned + coins) : Math.min(before.earned, balanceAfter)
  const earnedAfter = before.kind !== 'member' ? 0 : coins < 0 ? taken : before.earned + earned
  const written = await countChanges(writeAccount(tx), {
    id: before.id,
    balance: balanceAfter,
    earned: earnedAfter,
    balanceBefore: before.balance,
    earnedBefore: before.earned,
  })
  if (!written) throw new Error(`Account ${before.id} is not as it was read.`)
  accounts.set(before.id, { ...before, balance: balanceAfter, earned: earnedAfter })
  if (before.kind === 'member' && before.userId) touch(tx, before.userId, 'coins')
  return { accountId: before.id, kind, coins, earned: earnedAfter - before.earned, balanceAfter, earnedAfter }
}

/** Throws 402 `insufficient_coins` when a person has fewer coins to spend than this. */
export async function requireCoins(db: Reader, me: { id: number }, price: number): Promise<void> {
  const balance = await balanceOf(db, 'member', me.id)
  if (balance.balance < price) throw insufficient(balance.balance, price)
  await refuseHeld(db, me.id, balance, price)
}

/** The kinds of entries by which a person spends coins by choice. Payouts check by themselves what is held. */
const SPENDING: EntryKind[] = ['purchase', 'gift', 'look', 'tip']

/** Refuses to spend what others can still take back. It was earned, so whoever spends only bought coins is not asked. */
async function refuseHeld(db: Reader, userId: number, { balance, earned }: Balance, price: number): Promise<void> {
  if (balance - price >= earned) return
  const held = Math.min(earned, await heldOf(db, userId))
  if (balance - price >= held) return
  throw new Problem(
    'payment_required',
    'You can spend {balance} coins now, but this costs {price}. The others are from sales that can still be taken back.',
    { code: 'insufficient_coins', balance: balance - held, price },
    { balance: balance - held, price },
  )
}

const insufficient = (balance: number, price: number) =>
  new Problem(
    'payment_required',
    'You have {balance} coins, but this costs {price}.',
    { code: 'insufficient_coins', balance, price },
    { balance, price },
  )
