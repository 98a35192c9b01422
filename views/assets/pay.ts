import { find, on } from './dom'
import { toast } from './toast'

/** The part of the provider's script that is used: https://docs.tosspayments.com/sdk/v2/js */
type TossPayments = {
  (
    clientKey: string,
  ): {
    payment(who: { customerKey: string }): { requestPayment(request: object): Promise<void> }
  }
  ANONYMOUS: string
}

const HOURS_TO_DEPOSIT = 24

/** What the provider needs to know besides the order, by the way to pay. */
const DETAILS: Record<string, object> = {
  CARD: { card: { useEscrow: false, flowMode: 'DEFAULT', useCardPoint: false, useAppCardOnly: false } },
  TRANSFER: { transfer: { useEscrow: false } },
  VIRTUAL_ACCOUNT: { virtualAccount: { useEscrow: false, validHours: HOURS_TO_DEPOSIT } },
}

/** Opens the provider's window. The provider then sends the browser to one of our addresses. */
async function pay(method: string, order: DOMStringMap) {
  const { TossPayments } = globalThis as { TossPayments?: TossPayments }
  if (!TossPayments) throw new Error('The script of the provider was not loaded.')
  const { clientKey = '', orderId, orderName, successUrl, failUrl, amount } = order
  await TossPayments(clientKey)
    .payment({ customerKey: TossPayments.ANONYMOUS })
    .requestPayment({
      method,
      amount: { currency: 'KRW', value: Number(amount) },
      orderId,
      orderName,
      successUrl,
      failUrl,
      ...DETAILS[method],
    })
}

on('click', '[data-pay]', async (button) => {
  const order = find('#pay')
  if (!order) return
  try {
    await pay(button.dataset.pay ?? '', order.dataset)
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string }
    // Somebody who closes the window knows that it is closed.
    if (code !== 'USER_CANCEL' && code !== 'PAY_PROCESS_CANCELED') toast(code ? message : order.dataset.broken)
  }
})
