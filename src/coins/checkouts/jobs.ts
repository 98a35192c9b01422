import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../../db/open'
import type { Handler } from '../../jobs/handler'
import { enqueue } from '../../jobs/queue'
import { log } from '../../log'
import type { Provider } from '../../ports/payments'
import { FIRST_ASK_MS, failCheckout, knownOf, lookUpCheckout } from './model'
import { providerOf } from './open'
import { settleAll } from './settle'
import { type Checkout, checkouts } from './table'

const LONGEST_MS = 6 * 3600_000
/** How long to wait for a payment after its page closed. Some banks take days. */
const GIVE_UP_MS = 30 * 24 * 3600_000

/** Asks the provider for the state of a payment that no webhook reported, at growing intervals until it is known. */
export const ask: Handler<'checkouts.ask'> = {
  async run(app, { payload: { checkoutId, asked } }) {
    const { db, write, now } = app
    const checkout = await lookUpCheckout(db, checkoutId)
    if (!checkout || !isOpen(checkout)) return
    const provider = providerOf(app, checkout.provider)
    const events = await askAbout(provider, checkout, now())
    if (events.length)
      await write((tx) => settleAll(tx, events, now())).catch((error) =>
        log.error('Could not settle a payment', { checkout: checkoutId, error }),
      )
    await write((tx) => goOn(tx, checkoutId, asked, now()))
  },
}

const isOpen = ({ transferId, failedAt }: Checkout) => transferId === null && failedAt === null

/** Returns the same for a provider that does not respond as for one that has no result yet: ask again later. */
const askAbout = async (provider: Provider | undefined, checkout: Checkout, now: Date) =>
  (await provider?.ask(knownOf(checkout), now).catch((error) => {
    const { id } = checkout
    log.warn('The payment provider did not report the state of a payment', { checkout: id, error: String(error) })
    return []
  })) ?? []

/**
 * Schedules the next attempt, or gives up when no payment page was ever shown. The count keeps a job that ran twice
 * from scheduling two attempts.
 */
async function goOn(tx: Tx, id: number, asked: number, now: Date) {
  const checkout = await lookUpCheckout(tx, id)
  if (!checkout || !isOpen(checkout)) return
  const { url, expiresAt, createdAt } = checkout
  if (!url || +now > +(expiresAt ?? createdAt) + GIVE_UP_MS) return failCheckout(tx, id, now)
  const counted = await tx
    .update(checkouts)
    .set({ asked: asked + 1 })
    .where(and(eq(checkouts.id, id), eq(checkouts.asked, asked), isNull(checkouts.transferId)))
    .returning({ id: checkouts.id })
  const wait = Math.min(LONGEST_MS, FIRST_ASK_MS * 2 ** (asked + 1))
  if (counted.length) await enqueue(tx, 'checkouts.ask', { checkoutId: id, asked: asked + 1 }, new Date(+now + wait))
}
