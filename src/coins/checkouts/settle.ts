import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/open'
import type { PaymentEvent } from '../../ports/payments'
import { Problem } from '../../problem'
import { issue } from '../model'
import { failCheckout } from './model'
import { reverse } from './reverse'
import { type Checkout, checkouts, paymentClaims } from './table'

type Bought = Extract<PaymentEvent, { what: 'begun' | 'paid' }>
type Claimed = Extract<PaymentEvent, { what: 'claimed' }>

/** Applies what a provider reported, in order. Returns false when none of it is about a payment that is known (yet). */
export async function settleAll(tx: Tx, events: PaymentEvent[], now: Date): Promise<boolean> {
  let known = false
  for (const event of events) known = (await settle(tx, event, now)) || known
  return known
}

/**
 * Applies an event from the provider. The same events lead to the same state in any order. Returns false when the
 * payment is not known (yet), and throws when its amount or currency differs from the order.
 */
async function settle(tx: Tx, event: PaymentEvent, now: Date): Promise<boolean> {
  if (event.what === 'claimed') return settleClaim(tx, event, now)
  const checkout = await lookUpCheckoutOf(tx, event)
  if (!checkout) return event.what === 'failed' && (await isOfOurs(tx, event))
  if (event.what === 'failed') await failCheckout(tx, checkout.id, now)
  else await settlePayment(tx, checkout, event, now)
  return true
}

/** Finds a checkout by its payment page, or by its reference when we never learned of the page. */
async function lookUpCheckoutOf(db: Reader, { sessionId, reference }: { sessionId: string; reference: string | null }) {
  const unheard = and(eq(checkouts.reference, reference ?? ''), isNull(checkouts.sessionId))
  const rows = await db
    .select()
    .from(checkouts)
    .where(or(eq(checkouts.sessionId, sessionId), unheard))
    .limit(1)
  return rows[0]
}

/**
 * Whether the page belongs to a checkout that has a newer page. Nobody was ever shown the earlier one, so its end means
 * nothing.
 */
const isOfOurs = async (db: Reader, { reference }: { reference: string | null }): Promise<boolean> =>
  (await db.$count(checkouts, eq(checkouts.reference, reference ?? ''))) > 0

async function settlePayment(
  tx: Tx,
  checkout: Checkout,
  { what, sessionId, paymentId, amount, currency, deposit, secret }: Bought,
  now: Date,
) {
  refuseOther(checkout, amount, currency)
  const [known] = await tx
    .update(checkouts)
    .set({
      sessionId,
      paymentId: sql`coalesce(${checkouts.paymentId}, ${paymentId})`,
      ...(deposit && { deposit }),
      ...(secret && { secret }),
    })
    .where(eq(checkouts.id, checkout.id))
    .returning()
  if (what === 'paid' && known!.transferId === null) await give(tx, known!, now)
  await reverse(tx, checkout.id, now)
}

/** Credits the coins of a paid checkout. */
async function give(tx: Tx, { id, userId, coins }: Checkout, at: Date) {
  const transferId = await issue(tx, { id: userId }, { kind: 'checkout', cause: `checkout:${id}`, coins }, at)
  await tx.update(checkouts).set({ transferId, paidAt: at, failedAt: null, deposit: null }).where(eq(checkouts.id, id))
}

/** Stores a claim even when its payment is unknown, since it may arrive before the payment. */
async function settleClaim(
  tx: Tx,
  { paymentId, claim, amount, total, currency, stage, held }: Claimed,
  now: Date,
): Promise<boolean> {
  const [checkout] = await tx.select().from(checkouts).where(eq(checkouts.paymentId, paymentId)).limit(1)
  if (checkout) refuseOther(checkout, total ?? checkout.amount, currency)
  const newer = { currency, amount, stage, held, at: now }
  await tx
    .insert(paymentClaims)
    .values({ paymentId, claim, ...newer })
    .onConflictDoUpdate({
      target: [paymentClaims.paymentId, paymentClaims.claim],
      set: newer,
      setWhere: sql`(excluded.stage, excluded.amount) > (${paymentClaims.stage}, ${paymentClaims.amount})`,
    })
  if (checkout) await reverse(tx, checkout.id, now)
  return checkout !== undefined
}

/** Refuses an event whose amount or currency differs from the order. A person has to look into it. */
function refuseOther(agreed: Pick<Checkout, 'amount' | 'currency'>, amount: number | null, currency: string | null) {
  if (amount !== agreed.amount || currency?.toLowerCase() !== agreed.currency)
    throw new Problem('conflict', 'The amount or currency differs from the order.', { code: 'amount_differs' })
}
