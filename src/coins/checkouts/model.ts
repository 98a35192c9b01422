import { and, desc, eq, isNull, or } from 'drizzle-orm'
import type { ProviderName } from '../../../shapes/checkouts'
import type { Reader, Tx } from '../../db/open'
import { before, toPage, type Wanted } from '../../db/page'
import { enqueue } from '../../jobs/queue'
import type { Known, Opened } from '../../ports/payments'
import type { Person } from '../../ports/people'
import { Problem } from '../../problem'
import { users } from '../../users/table'
import { type Checkout, checkouts } from './table'

/**
 * When the provider is first asked about a payment that no webhook reported. Each further interval is twice as long.
 */
export const FIRST_ASK_MS = 3 * 60_000

type Pack = { coins: number; amount: number; currency: string }

/**
 * Stores a checkout before the provider learns of it, so that every payment of the provider is known here. The payment
 * page is created afterwards, outside of any write.
 */
export async function placeCheckout(
  tx: Tx,
  me: Pick<Person, 'id'>,
  pack: Pack,
  provider: ProviderName,
  now: Date,
): Promise<{ id: number }> {
  const { coins, amount, currency } = pack
  const [made] = await tx
    .insert(checkouts)
    .values({ reference: crypto.randomUUID(), userId: me.id, coins, amount, currency, provider, createdAt: now })
    .returning({ id: checkouts.id })
  await enqueue(tx, 'checkouts.ask', { checkoutId: made!.id, asked: 0 }, new Date(+now + FIRST_ASK_MS))
  return made!
}

/** Finds a payment of anybody by its id. */
export async function lookUpCheckout(db: Reader, id: number): Promise<Checkout | undefined> {
  return (await db.select().from(checkouts).where(eq(checkouts.id, id)).limit(1))[0]
}

/** The facts of a payment that a provider needs to report its state. */
export const knownOf = (checkout: Checkout): Known => ({ ...checkout, paid: checkout.transferId !== null })

/** Finds a payment of a provider by our own id of it. */
export async function lookUpKnown(db: Reader, provider: ProviderName, reference: string): Promise<Known | undefined> {
  const wanted = and(eq(checkouts.provider, provider), eq(checkouts.reference, reference))
  const [found] = await db.select().from(checkouts).where(wanted).limit(1)
  return found && knownOf(found)
}

/** Finds a checkout of mine. Those of other people are reported as not found. */
export async function findOwnCheckout(db: Reader, me: Pick<Person, 'id'>, id: number): Promise<Checkout> {
  const found = await lookUpCheckout(db, id)
  if (found?.userId !== me.id) throw new Problem('not_found', 'There is no such payment.')
  return found
}

/**
 * Stores the payment page. Storing the same page again changes nothing; a checkout that failed meanwhile is refused.
 */
export async function keepPage(tx: Tx, id: number, { sessionId, url, expiresAt }: Opened): Promise<Checkout> {
  await tx
    .update(checkouts)
    .set({ sessionId, url, expiresAt })
    .where(
      and(
        eq(checkouts.id, id),
        or(isNull(checkouts.sessionId), eq(checkouts.sessionId, sessionId)),
        isNull(checkouts.failedAt),
      ),
    )
  const kept = await lookUpCheckout(tx, id)
  if (kept?.sessionId !== sessionId) throw refused()
  return kept
}

/** The problem of a payment that the provider refused to open. No money has moved. */
export const refused = () =>
  new Problem('conflict', 'The payment provider refused the payment. You were not charged. Please tell the staff.', {
    code: 'provider_refused',
  })

/** Marks a checkout as failed, unless it has been paid. */
export const failCheckout = (tx: Tx, id: number, now: Date) =>
  tx
    .update(checkouts)
    .set({ failedAt: now })
    .where(and(eq(checkouts.id, id), isNull(checkouts.transferId), isNull(checkouts.failedAt)))

/** Lists the payments of everybody for the staff, newest first. */
export async function listCheckouts(db: Reader, wanted: Wanted) {
  const rows = await db
    .select({ checkout: checkouts, handle: users.handle })
    .from(checkouts)
    .innerJoin(users, eq(users.id, checkouts.userId))
    .where(before(wanted.cursor, checkouts.createdAt, checkouts.id))
    .orderBy(desc(checkouts.createdAt), desc(checkouts.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ checkout: { createdAt, id } }) => ({ at: createdAt, id }))
}

/** Erases the name on the virtual accounts of a deleted account. Everything that refunds need stays. */
export async function eraseCheckoutsOf(tx: Tx, user: Pick<Person, 'id'>): Promise<boolean> {
  await tx.update(checkouts).set({ deposit: null }).where(eq(checkouts.userId, user.id))
  return false
}
