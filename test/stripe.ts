import Stripe from 'stripe'
import type { Json, TestApp } from './harness'

const SECRET_KEY = 'sk_test_pinhole'
const WEBHOOK_SECRET = 'whsec_pinhole'

type Session = Json
type Asked = { method: string; path: string; params: Record<string, string>; headers: Headers }
/** What the server does to the next request instead of answering it normally. */
type Trouble = 'drops the answer' | 'is overloaded' | 'refuses'

export type FakeStripe = ReturnType<typeof fakeStripe>

const newId = (prefix: string) => `${prefix}_test_${crypto.randomUUID().replaceAll('-', '')}`

/**
 * A local server that implements the part of Stripe's API that we use. It creates sessions from form-encoded requests,
 * once per idempotency key, and returns them again. Calls such as `pay` and `expire` simulate what happens at Stripe
 * and return the events that Stripe would send.
 */
export function fakeStripe({ now = Date.now }: { now?: () => number } = {}) {
  const sessions = new Map<string, Session>()
  const charges = new Map<string, Json>()
  const answered = new Map<string, { body: string; status: number; answer: Json }>()
  const asked: Asked[] = []
  const troubles: Trouble[] = []
  const seconds = () => Math.floor(now() / 1000)

  const error = (status: number, type: string, message: string) => ({ status, answer: { error: { type, message } } })

  function create(params: Record<string, string>) {
    const unit = Number(params['line_items[0][price_data][unit_amount]'])
    const currency = params['line_items[0][price_data][currency]']
    if (params.mode !== 'payment' || !Number.isSafeInteger(unit) || unit < 1 || !/^[a-z]{3}$/.test(currency ?? ''))
      return error(400, 'invalid_request_error', 'Invalid line items.')
    if (!URL.canParse(params.success_url ?? '')) return error(400, 'invalid_request_error', 'Not a valid URL')
    const id = newId('cs')
    const session = {
      id,
      object: 'checkout.session',
      amount_subtotal: unit,
      amount_total: unit,
      currency,
      client_reference_id: params.client_reference_id ?? null,
      created: seconds(),
      expires_at: seconds() + 24 * 3600,
      livemode: false,
      metadata: { pinhole_checkout: params['metadata[pinhole_checkout]'] },
      mode: 'payment',
      payment_intent: null,
      payment_status: 'unpaid',
      status: 'open',
      success_url: params.success_url,
      url: `https://checkout.stripe.com/c/pay/${id}`,
    }
    sessions.set(id, session)
    return { status: 200, answer: session }
  }

  /** Creates a session once per idempotency key. As at Stripe, reusing a key with other parameters is an error. */
  function createOnce(key: string | null, body: string) {
    const before = key === null ? undefined : answered.get(key)
    if (before && before.body !== body)
      return error(400, 'idempotency_error', 'Keys for idempotent requests can only be used with the same parameters.')
    const made = before ?? { body, ...create(Object.fromEntries(new URLSearchParams(body))) }
    if (key !== null) answered.set(key, made)
    return made
  }

  function retrieve(id: string, params: URLSearchParams) {
    const session = sessions.get(id)
    if (!session) return error(404, 'invalid_request_error', `No such checkout.session: '${id}'`)
    const expands = params.getAll('expand[0]').includes('payment_intent') && session.payment_intent
    return { status: 200, answer: expands ? { ...session, payment_intent: session.intent } : session }
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const body = await request.text()
    asked.push({
      method: request.method,
      path: url.pathname,
      params: Object.fromEntries(new URLSearchParams(body)),
      headers: request.headers,
    })
    const reply = ({ status, answer }: { status: number; answer: Json }, headers = {}) =>
      Response.json(answer, { status, headers: { 'request-id': newId('req'), ...headers } })
    if (request.headers.get('authorization') !== `Bearer ${SECRET_KEY}`)
      return reply(error(401, 'invalid_request_error', 'Invalid API Key provided: sk_test_***'))
    if (!/^\d{4}-\d\d-\d\d/.test(request.headers.get('stripe-version') ?? ''))
      return reply(error(400, 'invalid_request_error', 'Invalid Stripe API version'))
    const trouble = troubles.shift()
    if (trouble === 'is overloaded')
      return reply(error(503, 'api_error', 'Overloaded'), { 'stripe-should-retry': 'false' })
    if (trouble === 'refuses') return reply(error(400, 'invalid_request_error', 'Amount must be at least €0.50'))
    const [, id] = /^\/v1\/checkout\/sessions(?:\/(\w+))?$/.exec(url.pathname) ?? []
    if (request.method === 'GET' && id) return reply(retrieve(id, url.searchParams))
    if (request.method !== 'POST' || url.pathname !== '/v1/checkout/sessions')
      return reply(error(404, 'invalid_request_error', `Unrecognized request URL (${request.method}: ${url.pathname})`))
    const made = createOnce(request.headers.get('idempotency-key'), body)
    if (trouble === 'drops the answer') return new Response(cut())
    return reply(made)
  }

  /** A body that breaks off in the middle. */
  const cut = () => new ReadableStream({ pull: (stream) => stream.error(new Error('cut off')) })

  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: answer })

  const event = (type: string, object: Json) => ({
    id: newId('evt'),
    object: 'event',
    api_version: Stripe.API_VERSION,
    created: seconds(),
    data: { object: structuredClone(object) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  })
  const find = (id: string) => sessions.get(id) ?? [...sessions.values()].find((session) => session.url === id)!

  /** Completes a session whose payment either succeeds immediately or takes days, as bank payments do. */
  function finish(id: string, status: 'paid' | 'unpaid') {
    const session = find(id)
    const intent = { id: newId('pi'), object: 'payment_intent', status: status === 'paid' ? 'succeeded' : 'processing' }
    Object.assign(session, { status: 'complete', payment_status: status, payment_intent: intent.id })
    Object.defineProperty(session, 'intent', { value: intent, enumerable: false, configurable: true })
    charges.set(intent.id, {
      id: newId('ch'),
      object: 'charge',
      amount: session.amount_total,
      amount_refunded: 0,
      currency: session.currency,
      metadata: session.metadata,
      payment_intent: intent.id,
      refunded: false,
    })
    return event('checkout.session.completed', session)
  }

  return {
    env: {
      PINHOLE_STRIPE_SECRET_KEY: SECRET_KEY,
      PINHOLE_STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      PINHOLE_STRIPE_API: server.url.origin,
    },
    asked,
    sessions,
    event,
    trouble: (...next: Trouble[]) => void troubles.push(...next),
    pay: (id: string) => finish(id, 'paid'),
    begin: (id: string) => finish(id, 'unpaid'),
    arrive(id: string) {
      const session = Object.assign(find(id), { payment_status: 'paid' })
      session.intent.status = 'succeeded'
      return event('checkout.session.async_payment_succeeded', session)
    },
    bounce(id: string) {
      const session = find(id)
      session.intent.status = 'requires_payment_method'
      return event('checkout.session.async_payment_failed', session)
    },
    expire: (id: string) => event('checkout.session.expired', Object.assign(find(id), { status: 'expired' })),
    /** Refunds this amount in addition to earlier refunds. */
    refund(id: string, amount: number) {
      const charge = charges.get(find(id).payment_intent)
      charge.amount_refunded += amount
      charge.refunded = charge.amount_refunded === charge.amount
      return event('charge.refunded', charge)
    },
    /** The bank takes the money back for now. `close` decides the dispute. */
    dispute(id: string, { amount, status = 'needs_response' }: { amount?: number; status?: string } = {}) {
      const charge = charges.get(find(id).payment_intent)
      const dispute = {
        id: newId('du'),
        object: 'dispute',
        amount: amount ?? charge.amount,
        charge: charge.id,
        currency: charge.currency,
        payment_intent: charge.payment_intent,
        reason: 'fraudulent',
        status,
      }
      const close = (status: 'won' | 'lost' | 'warning_closed') =>
        event('charge.dispute.closed', Object.assign(dispute, { status }))
      return { created: event('charge.dispute.created', dispute), close }
    },
    /** The signature header of a webhook, made by Stripe's library. */
    sign: (payload: string, { secret = WEBHOOK_SECRET, timestamp = seconds() } = {}) =>
      stripe.webhooks.generateTestHeaderStringAsync({ payload, secret, timestamp }),
    async [Symbol.asyncDispose]() {
      await server.stop(true)
    },
  }
}

const stripe = new Stripe(SECRET_KEY)

/** Sends an event as Stripe does, without an account or cookie, authenticated by its signature. */
export async function deliver(t: Pick<TestApp, 'request'>, fake: FakeStripe, event: Json, path = '/webhooks/stripe') {
  const body = JSON.stringify(event)
  const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': await fake.sign(body) }
  const answer = await t.request(path, { method: 'POST', body, headers })
  return { status: answer.status, body: await answer.json() }
}
