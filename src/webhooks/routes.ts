import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { settle } from '../coins/checkouts/settle'
import type { Env } from '../context'
import { api } from '../http/api'
import { log } from '../log'
import type { Told } from '../ports/payments'
import { Problem } from '../problem'

/** Several times what the longest event has; read as a whole, since the signature is of the whole. */
const MOST_BYTES = 256 * 1024

const small = bodyLimit({
  maxSize: MOST_BYTES,
  onError() {
    throw new Problem('too_large', 'This request is too large.')
  },
})

const received = z.object({ received: z.literal(true) })

/** What other servers tell us. Who they are is in the signature; there is no session, no cookie, and no form. */
export const webhooks = new Hono<Env>().post(
  '/stripe',
  small,
  api('For Stripe: what became of a payment, signed. It may come twice and in any order.', {
    answers: received,
    errors: [400, 404, 409, 413],
  }),
  async (c) => {
    const { payments, write, now } = c.var.app
    if (payments?.name !== 'stripe') throw new Problem('not_found', 'There is nothing at this address.')
    const told = await payments.read(new Uint8Array(await c.req.arrayBuffer()), c.req.header('stripe-signature'), now())
    const known = !told || (await write((tx) => settle(tx, told, now())).catch((error) => refuse(told, error)))
    if (!known) refuse(told, new Problem('not_found', 'This payment is not known here.', { code: 'unknown_payment' }))
    return c.json({ received: true })
  },
)

/** Said to the provider, who tries again or shows it, and to whoever reads the log. */
function refuse(told: Told, error: unknown): never {
  log.warn('A payment was not settled', { told, error: String(error) })
  throw error
}
