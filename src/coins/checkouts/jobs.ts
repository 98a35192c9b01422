import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../../db/open'
import type { Handler } from '../../jobs/handler'
import { enqueue } from '../../jobs/queue'
import { log } from '../../log'
import type { Provider } from '../../ports/payments'
import { FIRST_ASK_MS, failCheckout, findCheckout } from './model'
import { settle } from './settle'
import { type Checkout, checkouts } from './table'

const LONGEST_MS = 6 * 3600_000
/** Some banks take days; what is not paid so long after its page closed never will be. */
const GIVE_UP_MS = 30 * 24 * 3600_000

/** Asks the provider what became of a payment of which no webhook told, at growing intervals until that is known. */
export const ask: Handler<'checkouts.ask'> = {
  async run({ db, write, now, payments }, { payload: { checkoutId, asked } }) {
    const checkout = await findCheckout(db, checkoutId)
    if (!checkout || !isOpen(checkout)) return
    const told = await askAbout(payments, checkout)
    if (told)
      await write((tx) => settle(tx, told, now())).catch((error) =>
        log.error('A payment was not settled', { checkout: checkoutId, error }),
      )
    await write((tx) => goOn(tx, checkoutId, asked, now()))
  },
}

const isOpen = ({ transferId, failedAt }: Checkout) => transferId === null && failedAt === null

/** A provider that does not answer is asked again, like one that knows nothing yet. */
const askAbout = (provider: Provider | undefined, { id, sessionId }: Checkout) =>
  provider && sessionId
    ? provider.ask(sessionId).catch((error) => {
        log.warn('The payment provider did not say what became of a payment', { checkout: id, error: String(error) })
        return null
      })
    : null

/** Where nobody ever saw a page nothing can be paid. The count keeps a job that ran twice from going on twice. */
async function goOn(tx: Tx, id: number, asked: number, now: Date) {
  const checkout = await findCheckout(tx, id)
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
