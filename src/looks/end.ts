import { and, asc, eq, isNull, lte } from 'drizzle-orm'
import { transfer } from '../coins/ledger'
import { refunding } from '../coins/transfer-legs'
import type { Tx } from '../db/open'
import { notify } from '../notifications/model'
import type { Person } from '../ports/people'
import { authorIdOf } from '../posts/author-id'
import { type Look, looks } from './table'

const CHUNK = 100

/**
 * Ends a link: pages and media that it opened are closed with this commit. Whoever paid for a link that nobody has
 * opened gets the coins back, the fee included. Ending it twice changes nothing.
 */
export async function endLook(tx: Tx, look: Look, at: Date, { refunds = true } = {}): Promise<void> {
  const open = and(eq(looks.id, look.id), isNull(looks.endedAt))
  const [ended] = await tx.update(looks).set({ endedAt: at }).where(open).returning()
  if (ended && ended.coins > 0 && ended.used === 0 && refunds) await refund(tx, ended, at)
}

async function refund(tx: Tx, { id, postId, giverId, coins, fee, transferId }: Look, at: Date) {
  const authorId = await authorIdOf(tx, postId)
  const legs = await refunding(tx, { paidBy: giverId, authorId, coins, fee, transferId: transferId! })
  const refundId = await transfer(tx, { cause: `look-refund:${id}`, kind: 'refund', at, postId, legs })
  await tx.update(looks).set({ refundId }).where(eq(looks.id, id))
  await notify(tx, { userId: giverId, kind: 'refund', coins, at })
}

/** Ends all links to a post that is deleted. There are few, since each of them was made by hand. */
export async function endLooksOn(tx: Tx, postId: number, at: Date): Promise<void> {
  const rows = await tx
    .select()
    .from(looks)
    .where(and(eq(looks.postId, postId), isNull(looks.endedAt)))
  for (const look of rows) await endLook(tx, look, at)
}

/** Ends a chunk of the links whose time is over. Returns true when there may be more. */
export async function endDueLooks(tx: Tx, now: Date): Promise<boolean> {
  const rows = await tx
    .select()
    .from(looks)
    .where(and(lte(looks.expiresAt, now), isNull(looks.endedAt)))
    .orderBy(asc(looks.expiresAt))
    .limit(CHUNK)
  for (const look of rows) await endLook(tx, look, now)
  return rows.length === CHUNK
}

/** Ends the links of a deleted account. Its coins are given up already, so nothing is refunded. */
export async function endLooksOf(tx: Tx, user: Pick<Person, 'id'>, now: Date): Promise<boolean> {
  const rows = await tx
    .select()
    .from(looks)
    .where(and(eq(looks.giverId, user.id), isNull(looks.endedAt)))
    .limit(CHUNK)
  for (const look of rows) await endLook(tx, look, now, { refunds: false })
  return rows.length === CHUNK
}
