import type { App } from '../../context'
import { log } from '../../log'
import { type Opened, type Order, type Provider, Refused } from '../../ports/payments'
import { Problem } from '../../problem'
import { failCheckout, findCheckout, keepPage, refused } from './model'
import type { Checkout } from './table'

export const unavailable = () =>
  new Problem('conflict', 'Coins cannot be bought with money here.', { code: 'checkout_unavailable' })

/** The page to pay on: made once, however often this is called and wherever it broke off before. */
export async function openCheckout(
  { db, write, now, payments }: App,
  id: number,
  order: Pick<Order, 'title' | 'returnUrl'>,
): Promise<Checkout> {
  const checkout = await findCheckout(db, id)
  if (!checkout || !payments) throw unavailable()
  if (checkout.url) return checkout
  if (checkout.failedAt) throw refused()
  const { reference, amount, currency } = checkout
  const opened = await ask(payments, { ...order, reference, amount, currency }).catch(async (error) => {
    if (error instanceof Refused) await write((tx) => failCheckout(tx, id, now()))
    throw error instanceof Refused ? refused() : error
  })
  return write((tx) => keepPage(tx, id, opened))
}

async function ask(provider: Provider, order: Order): Promise<Opened> {
  try {
    return await provider.open(order)
  } catch (error) {
    log.error('The payment provider made no page to pay on', { provider: provider.name, error })
    if (error instanceof Refused) throw error
    throw new Problem('unavailable', 'The payment provider does not answer. You have not paid; please try again.', {
      code: 'provider_unavailable',
    })
  }
}
