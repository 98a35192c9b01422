import { z } from 'zod'
import { later, object } from '../../../../shapes/object'
import type { Config } from '../../../config'
import type { Known, Message, PaymentEvent, Provider, Window } from '../../../ports/payments'
import { Problem } from '../../../problem'
import { isSameSecret } from '../../../same-secret'
import { type TossPayment, TossRefusal, tossApi } from './api'
import { eventsOf, failed } from './events'

type Settings = NonNullable<Config['toss']>

/** How long a payment can be begun. Toss closes its own window after 30 minutes. */
const OPEN_MS = 24 * 3600_000

/** The scripts and frames come from several hosts of the provider, which its documentation does not list. */
const HOSTS = ['https://*.tosspayments.com', 'https://*.toss.im']

/** The script of version 2: https://docs.tosspayments.com/sdk/v2/js */
const WINDOW: Omit<Window, 'clientKey'> = {
  script: 'https://js.tosspayments.com/v2/standard',
  policy: {
    'script-src': ['https://js.tosspayments.com'],
    'connect-src': HOSTS,
    'frame-src': HOSTS,
    'form-action': HOSTS,
    'img-src': HOSTS,
    'style-src': ["'unsafe-inline'"], // its window is laid over the page by styles that the script writes
  },
}

/** Payments that may have moved money although the confirmation was answered with an error. */
const UNCERTAIN = ['ALREADY_PROCESSED_PAYMENT', 'PROVIDER_ERROR', 'IDEMPOTENT_REQUEST_PROCESSING']

/**
 * Creates the provider for Toss Payments, which takes won. Its window opens on a page of ours. The buyer comes back with
 * `paymentKey`, `orderId` and `amount` in the address, and the money moves when the server confirms them:
 * https://docs.tosspayments.com/reference#결제-승인
 */
export function tossPayments(settings: Settings): Provider {
  const toss = tossApi(settings)

  async function confirm(known: Known, approval: string, now: Date): Promise<PaymentEvent[]> {
    const order = { paymentKey: approval, orderId: known.reference, amount: known.amount }
    try {
      return eventsOf(await toss.confirm(order, keyOf(order)), known, now)
    } catch (error) {
      const payment = await look(known)
      const events = payment ? eventsOf(payment, known, now) : []
      if (events.length) return events
      if (isFinal(error)) return [failed(known)]
      throw error
    }
  }

  /** Finds the payment, or nothing when the buyer has not begun to pay. */
  const look = ({ paymentId, reference }: Known): Promise<TossPayment | null> =>
    (paymentId ? toss.byKey(paymentId) : toss.byOrder(reference)).catch((error) => {
      if (error instanceof TossRefusal && error.status === 404) return null
      throw error
    })

  return {
    name: 'toss',
    takes: (currency) => currency === 'krw',
    open: async ({ reference, address, now }) => ({
      sessionId: reference,
      url: `${address}/pay`,
      expiresAt: new Date(+now + OPEN_MS),
    }),
    async ask(known, now) {
      if (known.approval && !known.paymentId) return confirm(known, known.approval, now)
      const payment = await look(known)
      if (payment) return eventsOf(payment, known, now)
      return known.expiresAt !== null && now > known.expiresAt ? [failed(known)] : []
    },
    read: (message, find) => readMessage(message, find, look),
    approvalOf,
    window: { ...WINDOW, clientKey: settings.clientKey },
  }
}

/** Toss compares keys together with its address, so that another payment needs another key. */
const keyOf = ({ orderId, paymentKey }: { orderId: string; paymentKey: string }) =>
  `${orderId}-${new Bun.CryptoHasher('sha256').update(paymentKey).digest('hex').slice(0, 16)}`

/** Whether the confirmation was refused for good: the card was declined, or the time to confirm has passed. */
const isFinal = (error: unknown): boolean =>
  error instanceof TossRefusal &&
  [400, 402, 403, 404, 409, 422].includes(error.status) &&
  !UNCERTAIN.includes(error.code) &&
  !/_API_KEY$|_KEY$|FORBIDDEN_REQUEST/.test(error.code)

/**
 * Toss adds `paymentKey`, `orderId` and `amount` to the address after success, and `code` and `message` after failure.
 * Anybody can write an address, so order and amount are compared with what was agreed before anything is confirmed.
 */
function approvalOf(known: Known, query: URLSearchParams): string | null {
  const paymentKey = query.get('paymentKey')
  if (!paymentKey) return null
  if (query.get('orderId') !== known.reference || paymentKey.length > 200)
    throw new Problem('conflict', 'This is the way back from another payment. You were not charged.', {
      code: 'other_payment',
    })
  if (query.get('amount') !== String(known.amount))
    throw new Problem('conflict', 'The amount differs from the price of the pack. You were not charged.', {
      code: 'amount_differs',
    })
  return paymentKey
}

const text = later(() => z.string().max(300))
/** Messages about deposits have no envelope; those about other payments have one. */
const messageSchema = object(() => ({
  eventType: text().optional(),
  orderId: text().optional(),
  secret: text().optional(),
  data: object(() => ({ orderId: text().optional(), secret: text().optional() })).optional(),
}))

/**
 * Messages about payments carry no signature, so that a message only says which payment to ask Toss about. A message
 * about a deposit must also carry the secret that came with the confirmation of the payment:
 * https://docs.tosspayments.com/reference/using-api/webhook-events
 */
async function readMessage(
  { body, now }: Message,
  find: (reference: string) => Promise<Known | undefined>,
  look: (known: Known) => Promise<TossPayment | null>,
): Promise<PaymentEvent[]> {
  const { eventType = 'DEPOSIT_CALLBACK', data, ...message } = parse(body)
  if (eventType !== 'DEPOSIT_CALLBACK' && eventType !== 'PAYMENT_STATUS_CHANGED') return []
  const reference = message.orderId ?? data?.orderId
  const known = reference ? await find(reference) : undefined
  if (!known) throw new Problem('not_found', 'This payment is unknown here.', { code: 'unknown_payment' })
  const given = message.secret ?? data?.secret ?? ''
  const isDeposit = eventType === 'DEPOSIT_CALLBACK'
  if (isDeposit && known.secret && !isSameSecret(known.secret, given)) throw invalid()
  const payment = await look(known).catch(() => {
    throw new Problem('unavailable', 'The payment provider did not respond. Please try again.', {
      code: 'provider_unavailable',
    })
  })
  if (isDeposit && !known.secret && !(payment?.secret && isSameSecret(payment.secret, given))) throw invalid()
  return payment ? eventsOf(payment, known, now) : []
}

function parse(body: Uint8Array) {
  try {
    return messageSchema.parse(JSON.parse(new TextDecoder().decode(body)))
  } catch {
    throw new Problem('unreadable', 'This message could not be read.')
  }
}

const invalid = () =>
  new Problem('unreadable', 'The signature is missing, invalid or expired.', { code: 'invalid_signature' })
