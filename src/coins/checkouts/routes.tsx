import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { checkoutSchema, packOfferSchema } from '../../../shapes/checkouts'
import { CheckoutPage, CheckoutPart } from '../../../views/coins/checkouts/checkout'
import { PacksForm, PacksPage } from '../../../views/coins/checkouts/packs'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { originOf } from '../../http/client'
import { idParam, input } from '../../http/input'
import { translateOf } from '../../http/locale'
import { reply, replyChanged } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { once } from '../../idempotency/model'
import { checkoutJson, packJson } from './json'
import { findMine, placeCheckout } from './model'
import { openCheckout, unavailable } from './open'
import { choosePack } from './packs'

const choice = z.object({
  pack: z.string().min(1).max(100).describe('The `id` of a pack from `/coins/packs`.'),
  idempotencyKey: z.string().max(255).optional(),
})

const packList = z.object({ items: z.array(packOfferSchema) })

/** The packs for sale; none when no payment provider is configured. */
export const packsOffered = (c: Context<Env>) => (c.var.app.payments ? c.var.app.settings().packs.map(packJson) : [])

export const packs = new Hono<Env>().get(
  '/',
  api('List the packs of coins that are for sale.', { answers: packList, errors: [401] }),
  (c) => {
    viewer(c)
    const items = packsOffered(c)
    return reply(c, { json: () => ({ items }), page: () => <PacksPage packs={items} /> })
  },
)

export const checkouts = new Hono<Env>()
  .post(
    '/',
    api('Buy coins with money. The answer contains the payment page as `url`.', {
      body: choice,
      made: checkoutSchema,
      once: true,
      errors: [401, 409, 429, 503],
    }),
    async (c) => {
      const { app } = c.var
      const me = viewer(c)
      const { pack, idempotencyKey } = await input(c, choice, (form) => <PacksForm packs={packsOffered(c)} {...form} />)
      if (!app.payments) throw unavailable()
      const { name } = app.payments
      await app.limits.take('checkouts', me.id)
      const call = {
        userId: me.id,
        call: 'POST /coins/checkouts',
        key: c.req.header('idempotency-key') ?? idempotencyKey,
        body: { pack },
      }
      const { result } = await c.var.write((tx) =>
        once(tx, call, app.now(), () => placeCheckout(tx, me, choosePack(app.settings(), pack), name, app.now())),
      )
      return replyOpened(c, result.id)
    },
  )
  .get(
    '/:id',
    api('Get the state of one of your payments.', { answers: checkoutSchema, errors: [401, 404] }),
    async (c) => {
      const found = await findMine(c.var.app.db, viewer(c), idParam(c))
      const checkout = checkoutJson(found)
      // A redirect after a form would be blocked by the content security policy, so the page refreshes to the address.
      if (c.req.query('go') !== undefined && checkout.url) c.header('refresh', `0; url=${checkout.url}`)
      return reply(c, {
        json: () => checkout,
        part: () => <CheckoutPart checkout={checkout} />,
        page: () => <CheckoutPage checkout={checkout} />,
      })
    },
  )

async function replyOpened(c: Context<Env>, id: number) {
  const t = translateOf(c)
  const { coins } = await findMine(c.var.app.db, viewer(c), id)
  const title = t({ one: '{n} coin', other: '{n} coins' }, { n: coins })
  const at = `/coins/checkouts/${id}`
  const checkout = checkoutJson(await openCheckout(c.var.app, id, { title, returnUrl: `${originOf(c)}${at}` }))
  return replyChanged(c, { json: () => checkout }, `${at}?go`, { made: at })
}
