import type { ProviderName } from '../../../shapes/checkouts'
import type { App } from '../../context'
import { log } from '../../log'
import { type Opened, type Order, type Provider, Refused } from '../../ports/payments'
import { Problem } from '../../problem'
import { failCheckout, keepPage, lookUpCheckout, refused } from './model'
import type { Checkout } from './table'

/** The problem of a community that sells no coins, or no longer through this provider. */
export const unavailable = () =>
  new Problem('conflict', 'Coins are not for sale here.', { code: 'checkout_unavailable' })

/** Finds a provider that is set up. A payment may be older than the settings. */
export const providerOf = ({ payments }: Pick<App, 'payments'>, name: ProviderName): Provider | undefined =>
  payments.find((each) => each.name === name)

/** Returns the checkout with its payment page, which is created once, even after an interrupted attempt. */
export async function openCheckout(app: App, id: number, order: Pick<Order, 'title' | 'address'>): Promise<Checkout> {
  const { db, write, now } = app
  const checkout = await lookUpCheckout(db, id)
  const provider = checkout && providerOf(app, checkout.provider)
  if (!provider) throw unavailable()
  if (checkout.url) return checkout
  if (checkout.failedAt) throw refused()
  const { reference, amount, currency } = checkout
  const opened = await ask(provider, { ...order, reference, amount, currency, now: now() }).catch(async (error) => {
    if (error instanceof Refused) await write((tx) => failCheckout(tx, id, now()))
    throw error instanceof Refused ? refused() : error
  })
  return write((tx) => keepPage(tx, id, opened))
}

async function ask(provider: Provider, order: Order): Promise<Opened> {
  try {
    return await provider.open(order)
  } catch (error) {
    log.error('The payment provider did not create a payment page', { provider: provider.name, error })
    if (error instanceof Refused) throw error
    throw new Problem('unavailable', 'The payment provider did not respond. You were not charged. Please try again.', {
      code: 'provider_unavailable',
    })
  }
}
