import type { CheckoutJson, DeskCheckoutJson, PackJson } from '../../../shapes/checkouts'
import { decimalsOf } from '../../../shapes/currency'
import type { Pack } from '../../../shapes/settings'
import type { Provider } from '../../ports/payments'
import { packId } from './packs'
import type { Checkout } from './table'

/** A pack with the ways to pay it: providers, and a bank transfer if there is an account for it. */
export const packJson = (pack: Pack, payments: readonly Provider[], { account }: { account: string }): PackJson => ({
  id: packId(pack),
  ...pack,
  decimals: decimalsOf(pack.currency),
  providers: payments.filter(({ takes }) => takes(pack.currency)).map(({ name }) => name),
  transfer: account !== '',
})

function statusOf({ transferId, failedAt, taken, coins }: Checkout): CheckoutJson['status'] {
  if (transferId === null) return failedAt ? 'failed' : 'pending'
  return taken === coins ? 'refunded' : 'paid'
}

/**
 * A payment as the buyer sees it. The address of the provider and the deposit are shown only while it can still be
 * paid.
 */
export function checkoutJson(checkout: Checkout): CheckoutJson {
  const { id, coins, amount, currency, provider, url, deposit, createdAt, paidAt, claimed, taken } = checkout
  const status = statusOf(checkout)
  return {
    id,
    status,
    coins,
    amount,
    currency,
    decimals: decimalsOf(currency),
    provider,
    url: status === 'pending' && !deposit ? url : null,
    deposit: status === 'pending' ? deposit : null,
    createdAt: createdAt.toISOString(),
    paidAt: paidAt?.toISOString() ?? null,
    refunded: claimed,
    takenBack: taken,
  }
}

/** The same for the staff, with the id by which they find the payment at the provider. */
export const deskCheckoutJson = ({ checkout, handle }: { checkout: Checkout; handle: string }): DeskCheckoutJson => ({
  ...checkoutJson(checkout),
  handle,
  paymentId: checkout.paymentId,
})
