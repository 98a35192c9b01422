import type Stripe from 'stripe'
import type { Config } from '../../config'
import { type Order, type PaymentEvent, type Provider, Refused } from '../../ports/payments'
import { Problem } from '../../problem'

const TIMEOUT_MS = 20_000
/** How many seconds a signature is valid, so that a recorded request cannot be replayed later. */
const TOLERANCE_S = 300

type Settings = NonNullable<Config['stripe']>

/** Creates the provider for Stripe Checkout. Its library loads slowly, so it is loaded when it is first needed. */
export function stripeCheckout(settings: Settings): Provider {
  let loaded: Promise<Stripe> | undefined
  const load = () => (loaded ??= connect(settings))
  return {
    name: 'stripe',
    takes: () => true,
    open: async (order) => openSession(await load(), order),
    async ask({ sessionId }) {
      if (!sessionId) return []
      const stripe = await load()
      return listOf(stateOf(await stripe.checkout.sessions.retrieve(sessionId, { expand: ['payment_intent'] })))
    },
    async read({ body, header, now }) {
      if (!settings.webhookSecret) throw new Problem('not_found', 'There is nothing at this address.')
      const stripe = await load()
      const signature = header('stripe-signature') ?? ''
      const event = await stripe.webhooks
        .constructEventAsync(body, signature, settings.webhookSecret, TOLERANCE_S, undefined, +now)
        .catch(() => {
          throw new Problem('unreadable', 'The signature is missing, invalid or expired.', {
            code: 'invalid_signature',
          })
        })
      return listOf(paymentEventOf(event))
    },
  }
}

const listOf = (event: PaymentEvent | null): PaymentEvent[] => (event ? [event] : [])

async function connect({ secretKey, api }: Settings): Promise<Stripe> {
  const { Stripe } = await import('stripe')
  const url = api && new URL(api)
  const at = url && {
    protocol: url.protocol === 'http:' ? ('http' as const) : ('https' as const),
    host: url.hostname,
    port: url.port || (url.protocol === 'http:' ? 80 : 443),
  }
  return new Stripe(secretKey, {
    ...at,
    timeout: TIMEOUT_MS,
    maxNetworkRetries: 2,
    telemetry: false,
    appInfo: { name: 'Pinhole' },
  })
}

async function openSession(stripe: Stripe, { reference, title, amount, currency, address }: Order) {
  try {
    const { id, url, expires_at } = await stripe.checkout.sessions.create(
      {
        mode: 'payment',
        line_items: [{ quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: title } } }],
        client_reference_id: reference,
        metadata: { pinhole_checkout: reference },
        payment_intent_data: { metadata: { pinhole_checkout: reference } },
        success_url: address,
        cancel_url: address,
      },
      { idempotencyKey: keyOf({ reference, title, address }) },
    )
    if (!url) throw new Refused('Stripe created a session without a payment page.')
    return { sessionId: id, url, expiresAt: new Date(expires_at * 1000) }
  } catch (error) {
    const { type, message } = error as { type?: string; message: string }
    throw type === 'StripeInvalidRequestError' || type === 'StripeIdempotencyError' ? new Refused(message) : error
  }
}

/**
 * The idempotency key, so that an order gets one page. A retry with another title or address needs another key, since
 * Stripe refuses a known key with other parameters. The earlier page was never shown, or there would be no retry.
 */
const keyOf = ({ reference, ...shown }: Pick<Order, 'reference' | 'title' | 'address'>) =>
  `${reference}-${new Bun.CryptoHasher('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 16)}`

const idOf = (of: string | { id: string } | null | undefined) => (typeof of === 'string' ? of : (of?.id ?? null))

type Session = Stripe.Checkout.Session

const named = ({ id, client_reference_id }: Session) => ({ sessionId: id, reference: client_reference_id ?? null })
const bought = (session: Session, what: 'begun' | 'paid'): PaymentEvent => ({
  what,
  ...named(session),
  paymentId: idOf(session.payment_intent),
  amount: session.amount_total ?? null,
  currency: session.currency ?? null,
})

/** Reads the state of a session. Only its intent shows that a delayed payment has failed. */
function stateOf(session: Session): PaymentEvent | null {
  if (session.payment_status === 'paid') return bought(session, 'paid')
  if (session.status === 'expired') return { what: 'failed', ...named(session) }
  if (session.status !== 'complete') return null
  const intent = session.payment_intent
  const failed = intent && typeof intent === 'object' && ['requires_payment_method', 'canceled'].includes(intent.status)
  return failed ? { what: 'failed', ...named(session) } : bought(session, 'begun')
}

function paymentEventOf({ type, data }: Stripe.Event): PaymentEvent | null {
  switch (type) {
    case 'checkout.session.completed':
      return bought(data.object, data.object.payment_status === 'paid' ? 'paid' : 'begun')
    case 'checkout.session.async_payment_succeeded':
      return bought(data.object, 'paid')
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired':
      return { what: 'failed', ...named(data.object) }
    case 'charge.refunded':
      return refunds(data.object)
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated':
    case 'charge.dispute.closed':
      return dispute(data.object)
    default:
      return null
  }
}

/** The event contains the total of all refunds so far, so a later one replaces an earlier one. */
function refunds({ payment_intent, amount, amount_refunded, currency }: Stripe.Charge): PaymentEvent | null {
  const paymentId = idOf(payment_intent)
  return paymentId
    ? {
        what: 'claimed',
        paymentId,
        claim: 'refunds',
        amount: amount_refunded,
        total: amount,
        currency,
        stage: 0,
        held: true,
      }
    : null
}

/** An inquiry does not withhold money yet. A dispute does immediately, until it is won. */
const DISPUTES: Record<string, { stage: number; held: boolean }> = {
  warning_needs_response: { stage: 0, held: false },
  warning_under_review: { stage: 0, held: false },
  needs_response: { stage: 1, held: true },
  under_review: { stage: 1, held: true },
  lost: { stage: 2, held: true },
  appeal_needs_response: { stage: 2, held: true },
  appeal_under_review: { stage: 2, held: true },
  won: { stage: 3, held: false },
  warning_closed: { stage: 3, held: false },
  prevented: { stage: 3, held: false },
}

function dispute({ id, payment_intent, amount, currency, status }: Stripe.Dispute): PaymentEvent | null {
  const paymentId = idOf(payment_intent)
  const fate = DISPUTES[status]
  return paymentId && fate ? { what: 'claimed', paymentId, claim: id, amount, currency, ...fate } : null
}
