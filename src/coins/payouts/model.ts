import { and, asc, desc, eq, gt, inArray, isNotNull, ne, notExists, or, sql } from 'drizzle-orm'
import type { PAYOUT_STATUSES } from '../../../shapes/payouts'
import { alias } from '../../db/columns'
import type { Reader, Tx } from '../../db/open'
import { before, beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../../db/page'
import { prepared } from '../../db/prepared'
import { purchases } from '../../library/table'
import { looks } from '../../looks/table'
import { NOTES } from '../../notifications/notes'
import { tellAdministrators } from '../../notifications/staff'
import type { Person } from '../../ports/people'
import { Problem } from '../../problem'
import { seenBy } from '../../users/person'
import { users } from '../../users/table'
import { heldOf } from '../held'
import { accountOf, balanceOf, ofWallet, transfer } from '../ledger'
import { coinAccounts, entries, type Payout, payouts, transfers } from '../table'

const DAY_MS = 24 * 3600_000

/** The settings for payouts: whether they are on, how many days earned coins are on hold, and the smallest payout. */
export type PayoutRules = { payouts: 'on' | 'off'; payoutHoldDays: number; payoutMinCoins: number }

/** The earned coins that can be paid out now, and those that were earned too recently. */
export type Available = { available: number; onHold: number }

/**
 * Computes how many earned coins can be paid out. Coins earned within the hold period are excluded, and spending
 * reduces older earned coins first, so that a sale that may still be refunded is never paid out. Sales that their buyers
 * can still take back by themselves are on hold as long as they can. Earned coins that a refund returns are on hold again.
 * Otherwise, two refunds could turn recently bought coins into coins that can be paid out.
 */
export async function availableTo(
  db: Reader,
  me: Pick<Person, 'id'>,
  { payoutHoldDays }: PayoutRules,
  now: Date,
): Promise<Available> {
  const { earned } = await balanceOf(db, 'member', me.id)
  const since = new Date(+now - payoutHoldDays * DAY_MS)
  const onHold = Math.min(earned, (await earnedSince(db, me, since)) + (await heldOf(db, me.id, +since)))
  return { available: earned - onHold, onHold }
}

/**
 * Sums up sales and tips since this time, minus fees, repaid debts and refunded sales, plus earned coins that refunds
 * of purchases returned.
 */
async function earnedSince(db: Reader, me: Pick<Person, 'id'>, since: Date): Promise<number> {
  const [row] = await sumSince(db).execute({ id: me.id, since: +since })
  return Math.max(0, row!.coins)
}

const sumSince = prepared((db: Reader) => {
  const refunded = (of: typeof purchases | typeof looks) =>
    db
      .select({ one: sql`1` })
      .from(of)
      .where(and(eq(of.transferId, transfers.id), isNotNull(of.refundId)))
  const brought = and(
    ne(transfers.kind, 'refund'),
    or(inArray(entries.kind, ['sale', 'fee', 'reversal']), and(eq(entries.kind, 'tip'), gt(entries.coins, 0))),
  )
  return db
    .select({ coins: sql<number>`coalesce(sum(${entries.earned}), 0)` })
    .from(entries)
    .innerJoin(coinAccounts, ofWallet(sql.placeholder('id')))
    .innerJoin(
      transfers,
      and(eq(transfers.id, entries.transferId), inArray(transfers.kind, ['purchase', 'gift', 'look', 'tip', 'refund'])),
    )
    .where(
      and(
        gt(entries.at, sql.placeholder('since')),
        or(brought, eq(entries.kind, 'refund')),
        notExists(refunded(purchases)),
        notExists(refunded(looks)),
      ),
    )
    .prepare()
})

/** Requests a payout, which sets earned coins aside until the staff decide, and tells the administrators of it. */
export async function askForPayout(
  tx: Tx,
  me: Pick<Person, 'id'>,
  { coins, sealed }: { coins: number; sealed: (id: number) => string | null },
  rules: PayoutRules,
  at: Date,
): Promise<number> {
  if (rules.payouts === 'off') throw new Problem('forbidden', 'There are no payouts here.', { code: 'payouts_off' })
  const least = rules.payoutMinCoins
  if (coins < least) throw tooLittle(least)
  const { balance: debt } = await balanceOf(tx, 'debt', me.id)
  if (debt < 0) throw inDebt(-debt)
  const { available, onHold } = await availableTo(tx, me, rules, at)
  if (coins > available)
    throw new Problem(
      'conflict',
      'You can withdraw at most {available} coins now. Please enter fewer.',
      { code: 'not_available', available, onHold },
      { available },
    )
  const [last] = await tx.select({ id: payouts.id }).from(payouts).orderBy(desc(payouts.id)).limit(1)
  const id = (last?.id ?? 0) + 1
  const legs = [
    { account: await accountOf(tx, 'member', me.id), kind: 'payout' as const, coins: -coins, from: 'earned' as const },
    { account: await accountOf(tx, 'reserved', me.id), kind: 'payout' as const, coins },
  ]
  const transferId = await transfer(tx, { cause: `payout:${id}`, kind: 'payout', at, legs })
  await tx.insert(payouts).values({ id, userId: me.id, coins, at, transferId, account: sealed(id) })
  await tellAdministrators(tx, me, NOTES.payoutWaits, at)
  return id
}

const tooLittle = (least: number) =>
  new Problem(
    'invalid',
    'A payout must be at least {least} coins.',
    { least, errors: [{ path: 'coins', message: 'This is less than the smallest payout.' }] },
    { least },
  )

/** The problem of a payout to somebody who owes coins. `coins` is the debt as a positive number. */
export const inDebt = (coins: number) =>
  new Problem(
    'conflict',
    'There is a debt of {coins} coins from refunded sales. New earnings repay it first; a payout is possible after that.',
    { code: 'in_debt', debt: coins },
    { coins },
  )

/** Finds a payout of a person. Throws `not_found` for those of others. */
export async function findOwnPayout(db: Reader, me: Pick<Person, 'id'>, id: number): Promise<Payout> {
  const [row] = await ownPayout(db).execute({ id, me: me.id })
  return row ?? noSuchPayout()
}

const ownPayout = prepared((db: Reader) =>
  db
    .select()
    .from(payouts)
    .where(and(eq(payouts.id, sql.placeholder('id')), eq(payouts.userId, sql.placeholder('me'))))
    .limit(1)
    .prepare(),
)

/** Lists my payouts, newest first. */
export async function listPayoutsOf(db: Reader, me: Pick<Person, 'id'>, wanted: Wanted) {
  const rows = await payoutsOf(db).execute({ id: me.id, ...placeholdersOf(wanted) })
  return toPage(rows, wanted, ({ at, id }) => ({ at, id }))
}

const payoutsOf = prepared((db: Reader) =>
  db
    .select()
    .from(payouts)
    .where(and(eq(payouts.userId, sql.placeholder('id')), beforePlaceholder(payouts.at, payouts.id)))
    .orderBy(desc(payouts.at), desc(payouts.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

const decider = alias(users, 'decider')

const onDesk = (db: Reader) =>
  db
    .select({ payout: payouts, user: seenBy(null), by: decider.handle })
    .from(payouts)
    .innerJoin(users, eq(users.id, payouts.userId))
    .leftJoin(decider, eq(decider.id, payouts.decidedBy))

/** Lists the payouts of everybody, optionally of one status, newest first. `by` is the administrator who decided. */
export async function listPayouts(db: Reader, wanted: Wanted, status?: (typeof PAYOUT_STATUSES)[number]) {
  const rows = await onDesk(db)
    .where(and(status && eq(payouts.status, status), before(wanted.cursor, payouts.at, payouts.id)))
    .orderBy(desc(payouts.at), desc(payouts.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ payout: { at, id } }) => ({ at, id }))
}

/** Finds a payout as staff see it. */
export async function findPayout(db: Reader, id: number) {
  const [row] = await onDesk(db).where(eq(payouts.id, id)).limit(1)
  return row ?? noSuchPayout()
}

/** Counts the payouts that wait for the staff. */
export const countAsked = (db: Reader): Promise<number> => db.$count(payouts, eq(payouts.status, 'asked'))

const CHUNK = 500

/** Iterates over all payouts, oldest first, optionally of one status. */
export async function* eachPayout(db: Reader, status?: (typeof PAYOUT_STATUSES)[number]) {
  for (let after = 0; ; ) {
    const rows = await onDesk(db)
      .where(and(status && eq(payouts.status, status), gt(payouts.id, after)))
      .orderBy(asc(payouts.id))
      .limit(CHUNK)
    yield* rows
    const last = rows.at(-1)
    if (rows.length < CHUNK || !last) return
    after = last.payout.id
  }
}

function noSuchPayout(): never {
  throw new Problem('not_found', 'There is no such payout.')
}
