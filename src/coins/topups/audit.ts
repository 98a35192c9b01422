import { and, eq, isNotNull, notInArray, or, sql } from 'drizzle-orm'
import type { Reader } from '../../db/open'
import { coinAccounts, entries, transfers } from '../table'
import { topups } from './table'

/** Checks that each approved request credited its coins to the person who made it, and that no other top-ups exist. */
export async function auditTopups(db: Reader): Promise<string[]> {
  const wrong = await db
    .select({ id: topups.id })
    .from(topups)
    .leftJoin(transfers, and(eq(transfers.id, topups.transferId), eq(transfers.kind, 'topup')))
    .leftJoin(coinAccounts, and(eq(coinAccounts.userId, topups.userId), eq(coinAccounts.kind, 'member')))
    .leftJoin(
      entries,
      and(eq(entries.transferId, transfers.id), eq(entries.accountId, coinAccounts.id), eq(entries.kind, 'topup')),
    )
    .where(
      and(
        or(eq(topups.status, 'approved'), isNotNull(topups.transferId)),
        sql`${entries.coins} is distinct from ${topups.coins}`,
      ),
    )
  const given = db.select({ id: topups.transferId }).from(topups).where(isNotNull(topups.transferId))
  const causeless = await db
    .select({ id: transfers.id })
    .from(transfers)
    .where(and(eq(transfers.kind, 'topup'), notInArray(transfers.id, given)))
  return [
    ...wrong.map(({ id }) => `top-up ${id} did not credit the approved coins`),
    ...causeless.map(({ id }) => `transfer ${id} belongs to no approved top-up`),
  ]
}
