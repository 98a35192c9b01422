import type { CheckoutJson, DeskCheckoutJson, PackJson } from '../../../shapes/checkouts'
import { decimalsOf } from '../../../shapes/currency'
import type { Pack } from '../../../shapes/settings'
import { packId } from './packs'
import type { Checkout } from './table'

export const packJson = (pack: Pack): PackJson => ({ id: packId(pack), ...pack, decimals: decimalsOf(pack.currency) })

function statusOf({ transferId, failedAt, taken, coins }: Checkout): CheckoutJson['status'] {
  if (transferId === null) return failedAt ? 'failed' : 'pending'
  return taken === coins ? 'refunded' : 'paid'
}

export function checkoutJson(checkout: Checkout): CheckoutJson {
  const { id, coins, amount, currency, url, createdAt, paidAt, claimed, taken } = checkout
  const status = statusOf(checkout)
  return {
    id,
    status,
    coins,
    amount,
    currency,
    decimals: decimalsOf(currency),
    url: status === 'pending' ? url : null,
    createdAt: createdAt.toISOString(),
    paidAt: paidAt?.toISOString() ?? null,
    refunded: claimed,
    takenBack: taken,
  }
}

export const deskCheckoutJson = ({ checkout, handle }: { checkout: Checkout; handle: string }): DeskCheckoutJson => ({
  ...checkoutJson(checkout),
  handle,
  provider: checkout.provider,
  paymentId: checkout.paymentId,
})
