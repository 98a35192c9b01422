import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { settle } from '../coins/checkouts/settle'
import type { Env } from '../context'
import { api } from '../http/api'
import { log } from '../log'
import type { PaymentEvent } from '../ports/payments'
import { Problem } from '../problem'

/** Several times the size of the largest event. The body is read as a whole, since the signature covers all of it. */
const MOST_BYTES = 256 * 1024

const small = bodyLimit({
  maxSize: MOST_BYTES,
  onError() {
    throw new Problem('too_large', 'This request is too large.')
  },
})

const received = z.object({ received: z.literal(true) })

/** Requests from other servers. The signature authenticates them; they have no session, cookie or form. */
export const webhooks = new Hono<Env>().post(
  '/stripe',
  small,
  api('Receive a signed payment event from Stripe. Events may arrive more than once and in any order.', {
    answers: received,
    errors: [400, 404, 409, 413],
  }),
  async (c) => {
    const { payments, now } = c.var.app
    const { write } = c.var
    if (payments?.name !== 'stripe') throw new Problem('not_found', 'There is nothing at this address.')
    const event = await payments.read(
      new Uint8Array(await c.req.arrayBuffer()),
      c.req.header('stripe-signature'),
      now(),
    )
    const known = !event || (await write((tx) => settle(tx, event, now())).catch((error) => refuse(event, error)))
    if (!known) refuse(event, new Problem('not_found', 'This payment is unknown here.', { code: 'unknown_payment' }))
    return c.json({ received: true })
  },
)

/** Reports the refusal to the provider, which tries again or displays it, and to the log. */
function refuse(event: PaymentEvent, error: unknown): never {
  log.warn('Could not settle a payment', { event, error: String(error) })
  throw error
}
