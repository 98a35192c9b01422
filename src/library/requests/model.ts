import { and, desc, eq, gt, isNull, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { record } from '../../actions/record'
import { alias } from '../../db/columns'
import type { Reader, Tx } from '../../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../../db/page'
import { prepared } from '../../db/prepared'
import { notify } from '../../notifications/model'
import { NOTES } from '../../notifications/notes'
import { tellAdministrators } from '../../notifications/staff'
import type { Account, Person } from '../../ports/people'
import { authorIdOf } from '../../posts/author-id'
import { authorOf, captionFor } from '../../posts/feed'
import { posts } from '../../posts/table'
import { Problem } from '../../problem'
import { users } from '../../users/table'
import { lookUpPurchase } from '../buy'
import { refundableSince, refundableUntil, refundSale, tooOld } from '../refunds/model'
import { purchases } from '../table'
import { refundRequests } from './table'

const buyer = alias(users, 'buyer')
const me = sql.placeholder('me')
type Rules = { refundDays: number }
type Reading = { id: number | Placeholder }

/**
 * Asks for the coins of one of my purchases back, within the days for refunds. The creator and the administrators are
 * told; nothing moves until one of them decides.
 */
export async function askRefund(
  tx: Tx,
  me: Pick<Person, 'id'>,
  postId: number,
  reason: string,
  { refundDays }: Rules,
  now: Date,
): Promise<number> {
  const purchase = await lookUpPurchase(tx, me, postId)
  if (!purchase || purchase.payerId !== null) throw new Problem('not_found', 'You did not buy this post.')
  if (now > refundableUntil(purchase.at, refundDays)) throw tooOld(refundDays)
  const [known] = await tx.select().from(refundRequests).where(eq(refundRequests.purchaseId, purchase.id)).limit(1)
  if (known && known.status !== 'withdrawn') throw alreadyAsked()
  const asked = { reason, status: 'asked' as const, at: now, decidedAt: null, decidedBy: null, answer: null }
  const authorId = await authorIdOf(tx, postId)
  const [made] = await tx
    .insert(refundRequests)
    .values({ purchaseId: purchase.id, buyerId: me.id, authorId, ...asked })
    .onConflictDoUpdate({ target: refundRequests.purchaseId, set: asked })
    .returning({ id: refundRequests.id })
  await notify(tx, { userId: authorId, kind: 'staff', note: NOTES.refundAsked.note, at: now })
  await tellAdministrators(tx, { id: authorId }, NOTES.refundWaits, now)
  return made!.id
}

const alreadyAsked = () =>
  new Problem('conflict', 'You have already asked for a refund of this post.', { code: 'already_asked' })
const alreadyDecided = () =>
  new Problem('conflict', 'This request has already been decided. Reload the page to see how.', {
    code: 'already_decided',
  })

/** A request as the reader sees it. */
const whole = (db: Reader, reader: Reading) =>
  db
    .select({
      request: refundRequests,
      purchase: purchases,
      caption: captionFor(reader),
      authorId: posts.authorId,
      buyer: buyer.handle,
      seller: users.handle,
    })
    .from(refundRequests)
    .innerJoin(purchases, eq(purchases.id, refundRequests.purchaseId))
    .innerJoin(posts, eq(posts.id, purchases.postId))
    .innerJoin(buyer, eq(buyer.id, purchases.buyerId))
    .innerJoin(users, authorOf)

export type RequestRow = Awaited<ReturnType<typeof findRequest>>

const newest = (db: Reader, which: SQL | undefined) =>
  whole(db, { id: me })
    .where(and(which, beforePlaceholder(refundRequests.at, refundRequests.id)))
    .orderBy(desc(refundRequests.at), desc(refundRequests.id))
    .limit(sql.placeholder('most'))
    .prepare()

const lists = prepared((db: Reader) => ({
  mine: newest(db, eq(refundRequests.buyerId, me)),
  toDecide: newest(db, eq(refundRequests.authorId, me)),
  all: newest(db, undefined),
}))

/** Lists requests, newest first: mine, those about my posts, or all for the staff. */
export async function listRefundRequests(
  db: Reader,
  { id }: Pick<Person, 'id'>,
  which: 'mine' | 'toDecide' | 'all',
  wanted: Wanted,
) {
  return toPage(await lists(db)[which].execute({ me: id, ...placeholdersOf(wanted) }), wanted, ({ request }) => request)
}

/** Finds a request for a refund of anybody, with its purchase and its post. Throws `not_found`. */
export async function findRequest(db: Reader, reader: Pick<Person, 'id'>, id: number) {
  const [row] = await whole(db, reader).where(eq(refundRequests.id, id)).limit(1)
  if (!row) throw new Problem('not_found', 'There is no such request.')
  return row
}

const MOST_PURCHASES = 100

const recent = prepared((db: Reader) =>
  db
    .select({
      purchase: purchases,
      caption: captionFor({ id: me }),
      seller: users.handle,
      asked: refundRequests.status,
    })
    .from(purchases)
    .innerJoin(posts, eq(posts.id, purchases.postId))
    .innerJoin(users, authorOf)
    .leftJoin(refundRequests, eq(refundRequests.purchaseId, purchases.id))
    .where(
      and(
        eq(purchases.buyerId, me),
        isNull(purchases.endedAt),
        isNull(purchases.payerId),
        gt(purchases.at, sql.placeholder('since')),
      ),
    )
    .orderBy(desc(purchases.at), desc(purchases.id))
    .limit(MOST_PURCHASES)
    .prepare(),
)

/** Lists my purchases that I can ask a refund for. */
export async function refundablePurchases(db: Reader, { id }: Pick<Person, 'id'>, { refundDays }: Rules, now: Date) {
  const rows = await recent(db).execute({ me: id, since: +refundableSince(now, refundDays) })
  return rows.filter(({ asked }) => asked === null || asked === 'withdrawn')
}

/** Withdraws an undecided request of mine. Withdrawing twice changes nothing. */
export async function withdrawRequest(tx: Tx, me: Pick<Person, 'id'>, id: number, now: Date): Promise<void> {
  const { request, purchase } = await findRequest(tx, me, id)
  if (purchase.buyerId !== me.id) throw new Problem('not_found', 'There is no such request.')
  if (request.status === 'withdrawn') return
  if (request.status !== 'asked') throw alreadyDecided()
  await tx.update(refundRequests).set({ status: 'withdrawn', decidedAt: now }).where(eq(refundRequests.id, id))
}

export type RefundDecision = { status: 'refunded' | 'refused'; note?: string | undefined }

/**
 * Decides a request, as the creator or an administrator, and tells the buyer. A refund follows the rules of the ledger;
 * the days are counted until the buyer asked. The same decision again changes nothing.
 */
export async function decideRequest(
  tx: Tx,
  me: Account,
  id: number,
  { status, note }: RefundDecision,
  rules: Rules,
  now: Date,
): Promise<void> {
  const { request, purchase, authorId } = await findRequest(tx, me, id)
  if (authorId !== me.id && me.role !== 'admin') throw new Problem('not_found', 'There is no such request.')
  if (request.status === status) return
  if (request.status !== 'asked') throw alreadyDecided()
  if (status === 'refunded')
    await refundSale(tx, me, purchase.postId, { id: purchase.buyerId }, { ...rules, asked: request.at }, now)
  else {
    const detail = { postId: purchase.postId, coins: purchase.price }
    const on = { id: purchase.buyerId }
    if (authorId !== me.id) await record(tx, { kind: 'refund_refused', by: me, on, reason: note, detail }, now)
    await notify(tx, { userId: purchase.buyerId, kind: 'staff', note: note || NOTES.refundRefused.note, at: now })
  }
  await tx
    .update(refundRequests)
    .set({ status, decidedAt: now, decidedBy: me.id, answer: note ?? null })
    .where(eq(refundRequests.id, id))
}

/** Withdraws the open requests of a person who left, and erases their texts. */
export async function eraseRequestsOf(tx: Tx, user: Pick<Person, 'id'>, now: Date): Promise<boolean> {
  const theirs = eq(refundRequests.buyerId, user.id)
  await tx
    .update(refundRequests)
    .set({ status: 'withdrawn', decidedAt: now })
    .where(and(theirs, eq(refundRequests.status, 'asked')))
  await tx.update(refundRequests).set({ reason: '', answer: null }).where(theirs)
  return false
}
