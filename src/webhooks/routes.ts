import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { lookUpKnown } from '../coins/checkouts/model'
import { settleAll } from '../coins/checkouts/settle'
import type { Env } from '../context'
import { api } from '../http/api'
import { bodyOfAtMost } from '../http/body'
import { log } from '../log'
import type { PaymentEvent } from '../ports/payments'
import { Problem } from '../problem'

/** Several times the size of the largest event. The body is read as a whole, since the signature covers all of it. */
const MOST_BYTES = 256 * 1024

const received = object(() => ({ received: z.literal(true) }))

/** Requests from other servers. The signature authenticates them; they have no session, cookie or form. */
export const webhooks = new Hono<Env>().post(
  '/:provider',
  bodyOfAtMost(MOST_BYTES),
  api('Receive a payment event from a provider. Events may arrive more than once and in any order.', {
    answers: received,
    errors: [400, 404, 409, 413, 503],
  }),
  async (c) => {
    const { db, payments, now } = c.var.app
    const { write } = c.var
    const provider = payments.find(({ name }) => name === c.req.param('provider'))
    if (!provider) throw new Problem('not_found', 'There is nothing at this address.')
    const body = new Uint8Array(await c.req.arrayBuffer())
    const message = { body, header: (name: string) => c.req.header(name), now: now() }
    const events = await provider.read(message, (reference) => lookUpKnown(db, provider.name, reference))
    const known =
      !events.length || (await write((tx) => settleAll(tx, events, now())).catch((error) => refuse(events, error)))
    if (!known) refuse(events, new Problem('not_found', 'This payment is unknown here.', { code: 'unknown_payment' }))
    return c.json({ received: true })
  },
)

/** Reports the refusal to the provider, which tries again or displays it, and to the log. */
function refuse(events: PaymentEvent[], error: unknown): never {
  log.warn('Could not settle a payment', { events: events.map(withoutSecret), error: String(error) })
  throw error
}

/** The secret of a deposit would let a reader of the log write messages about it. */
const withoutSecret = (event: PaymentEvent) => ({ ...event, secret: undefined })
