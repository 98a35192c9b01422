import { asc, eq, sql } from 'drizzle-orm'
import { dayOf } from '../db/calendar'
import type { Reader } from '../db/open'
import { type AccountKind, coinAccounts, entries } from './table'

/**
 * Where all coins were at the end of a day. `issued` is the sum of all other figures except `owed`. `held` is what
 * people can spend minus their debts, and `owed` is the sum of their debts.
 */
export type Whereabouts = {
  issued: number
  held: number
  owed: number
  reserved: number
  house: number
  paidOut: number
  takenBack: number
}
export type Day = Whereabouts & { day: string }

/**
 * Lists all days with transfers, oldest first. It reads the whole ledger and therefore must not run in the server's
 * process.
 */
export async function whereaboutsByDay(db: Reader): Promise<Day[]> {
  const day = dayOf(entries.at).as('day')
  const rows = await db
    .select({ day, kind: coinAccounts.kind, coins: sql<number>`sum(${entries.coins})` })
    .from(entries)
    .innerJoin(coinAccounts, eq(coinAccounts.id, entries.accountId))
    .groupBy(sql`${day}`, coinAccounts.kind)
    .orderBy(asc(day))
  const sums: Partial<Record<AccountKind, number>> = {}
  const days = new Map<string, Day>()
  for (const { day, kind, coins } of rows) {
    sums[kind] = (sums[kind] ?? 0) + coins
    days.set(day, { day, ...whereabouts(sums) })
  }
  return [...days.values()]
}

function whereabouts(of: Partial<Record<AccountKind, number>>): Whereabouts {
  const {
    member = 0,
    debt = 0,
    issued = 0,
    reserved = 0,
    house = 0,
    paid_out: paidOut = 0,
    taken_back: takenBack = 0,
  } = of
  return { issued: -issued, held: member + debt, owed: -debt, reserved, house, paidOut, takenBack }
}
