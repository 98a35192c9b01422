import type { Deposit, Known, PaymentEvent } from '../../../ports/payments'
import type { TossPayment } from './api'
import { bankName } from './banks'

/**
 * Translates the state of a payment. A cancelled payment was paid before, so both are reported; coins taken back
 * follow from what is left of the amount (`balanceAmount`), which is the same in every repetition.
 */
export function eventsOf(payment: TossPayment, known: Known, now: Date): PaymentEvent[] {
  if (payment.orderId !== known.reference) throw new Error('Toss Payments reported the payment of another order.')
  switch (payment.status) {
    case 'READY':
    case 'IN_PROGRESS':
      return []
    case 'ABORTED':
    case 'EXPIRED':
      return [failed(known)]
    case 'WAITING_FOR_DEPOSIT':
      return waiting(payment, known, now)
    case 'DONE':
      return [bought(payment, 'paid'), ...depositBack(payment, known, now)]
    case 'PARTIAL_CANCELED':
      return [bought(payment, 'paid'), ...depositBack(payment, known, now), cancelled(payment)]
    case 'CANCELED':
      // A virtual account that was cancelled before the deposit was never approved.
      return known.paid || payment.approvedAt || !payment.virtualAccount
        ? [bought(payment, 'paid'), cancelled(payment)]
        : [failed(known)]
  }
}

/** Our reference is also the id of the payment page. */
export const failed = ({ reference }: Known): PaymentEvent => ({ what: 'failed', reference, sessionId: reference })

function bought(payment: TossPayment, what: 'begun' | 'paid'): PaymentEvent {
  const { orderId, paymentKey, totalAmount, currency, secret } = payment
  const deposit = what === 'begun' ? depositOf(payment) : undefined
  return {
    what,
    reference: orderId,
    sessionId: orderId,
    paymentId: paymentKey,
    amount: totalAmount,
    currency,
    ...(deposit && { deposit }),
    ...(secret && { secret }),
  }
}

function depositOf({ virtualAccount }: TossPayment): Deposit | undefined {
  if (!virtualAccount) return undefined
  const { bank, bankCode, accountNumber, customerName, dueDate } = virtualAccount
  const until = new Date(dueDate ?? Number.NaN)
  return {
    bank: bankName(bankCode ?? bank ?? ''),
    account: accountNumber,
    holder: customerName ?? '',
    until: Number.isNaN(+until) ? '' : until.toISOString(),
  }
}

/**
 * A deposit is awaited. After the coins were credited this means that the bank has undone the deposit, so they are taken
 * back until it arrives again: https://docs.tosspayments.com/reference/using-api/webhook-events#deposit_callback
 */
function waiting(payment: TossPayment, known: Known, now: Date): PaymentEvent[] {
  if (known.paid) return [bought(payment, 'begun'), undone(payment, true, now)]
  return payment.virtualAccount?.expired ? [failed(known)] : [bought(payment, 'begun')]
}

/** Returns the coins of a deposit that was undone and has arrived again. */
const depositBack = (payment: TossPayment, { paid }: Known, now: Date): PaymentEvent[] =>
  paid && payment.virtualAccount ? [undone(payment, false, now)] : []

/** The state was read just now, so the time is its stage: what is read later replaces it. */
const undone = ({ paymentKey, totalAmount, currency }: TossPayment, held: boolean, now: Date): PaymentEvent => ({
  what: 'claimed',
  paymentId: paymentKey,
  claim: 'deposit',
  amount: totalAmount,
  total: totalAmount,
  currency,
  stage: +now,
  held,
})

const cancelled = ({ paymentKey, totalAmount, balanceAmount, currency }: TossPayment): PaymentEvent => ({
  what: 'claimed',
  paymentId: paymentKey,
  claim: 'refunds',
  amount: totalAmount - balanceAmount,
  total: totalAmount,
  currency,
  stage: 0,
  held: true,
})
