import { and, eq, gt, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { looks } from '../looks/table'
import { posts } from '../posts/table'
import { users } from '../users/table'
import { causeless, feesMovedTo, side, sumMovedTo, unlessAll } from './audit-sql'
import { transfers } from './table'

/** Checks that each link for a guest was paid by its giver to the author, unless the author gave it. */
async function auditPaid(db: Reader): Promise<string[]> {
  const [paid, got] = [side('paid'), side('got')]
  const wrong = await db
    .select({ id: looks.id })
    .from(looks)
    .leftJoin(posts, eq(posts.id, looks.postId))
    .leftJoin(
      transfers,
      and(eq(transfers.id, looks.transferId), eq(transfers.kind, 'look'), eq(transfers.postId, looks.postId)),
    )
    .leftJoin(paid.entry, and(eq(paid.entry.transferId, transfers.id), eq(paid.entry.kind, 'look')))
    .leftJoin(paid.account, and(eq(paid.account.id, paid.entry.accountId), eq(paid.account.kind, 'member')))
    .leftJoin(got.entry, and(eq(got.entry.transferId, transfers.id), eq(got.entry.kind, 'sale')))
    .leftJoin(got.account, and(eq(got.account.id, got.entry.accountId), eq(got.account.kind, 'member')))
    .where(
      unlessAll(
        or(
          and(eq(looks.coins, 0), isNull(looks.transferId), eq(looks.giverId, posts.authorId)),
          and(
            ne(looks.giverId, posts.authorId),
            eq(paid.entry.coins, sql`-${looks.coins}`),
            eq(paid.account.userId, looks.giverId),
            eq(got.entry.coins, looks.coins),
            eq(got.account.userId, posts.authorId),
            eq(sumMovedTo('house'), looks.fee),
          ),
        ),
      ),
    )
  return [
    ...wrong.map(({ id }) => `the price of look ${id} was not paid by its giver to the author`),
    ...(await causeless(db, 'look')).map((id) => `transfer ${id} is a payment without a look`),
  ]
}

/** Checks that a link that ended before it was opened was refunded, and no other. */
async function auditRefunded(db: Reader): Promise<string[]> {
  const given = side('given')
  const back = and(
    eq(given.entry.coins, looks.coins),
    eq(given.account.userId, looks.giverId),
    eq(feesMovedTo('house'), sql`-${looks.fee}`),
    isNotNull(looks.endedAt),
    eq(looks.used, 0),
  )
  const kept = and(
    isNull(looks.refundId),
    or(isNull(looks.endedAt), gt(looks.used, 0), eq(looks.coins, 0), isNotNull(users.deletedAt)),
  )
  const wrong = await db
    .select({ id: looks.id })
    .from(looks)
    .innerJoin(users, eq(users.id, looks.giverId))
    .leftJoin(transfers, and(eq(transfers.id, looks.refundId), eq(transfers.kind, 'refund')))
    .leftJoin(given.entry, and(eq(given.entry.transferId, transfers.id), eq(given.entry.kind, 'refund')))
    .leftJoin(given.account, and(eq(given.account.id, given.entry.accountId), eq(given.account.kind, 'member')))
    .where(unlessAll(or(kept, and(isNotNull(looks.refundId), back))))
  return wrong.map(({ id }) => `look ${id} was refunded wrongly, or was not refunded although nobody had opened it`)
}

/** Compares the links for guests with the ledger. */
export const auditLooks = async (db: Reader): Promise<string[]> => [
  ...(await auditPaid(db)),
  ...(await auditRefunded(db)),
]
