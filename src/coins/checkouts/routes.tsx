import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { checkoutSchema, PROVIDERS, type ProviderName, packOfferSchema } from '../../../shapes/checkouts'
import { object } from '../../../shapes/object'
import { CheckoutPage, CheckoutPart } from '../../../views/coins/checkouts/checkout'
import { PacksForm, PacksPage } from '../../../views/coins/checkouts/packs'
import { PayPage } from '../../../views/coins/checkouts/pay'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { originOf } from '../../http/client'
import { idParam, input } from '../../http/input'
import { translateOf } from '../../http/locale'
import { reply, replyChanged, replyWindow } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { onceByKey } from '../../idempotency/by-key'
import { keyField } from '../../idempotency/fields'
import type { Provider } from '../../ports/payments'
import { invalidFields } from '../../problem'
import { requireAge } from '../../users/age'
import { ageField } from '../fields'
import { confirmOnReturn } from './back'
import { checkoutJson, packJson } from './json'
import { findOwnCheckout, placeCheckout } from './model'
import { openCheckout, providerOf, unavailable } from './open'
import { choosePack } from './packs'

const choice = object(() => ({
  pack: z.string().min(1).max(100).describe('The `id` of a pack from `/coins/packs`.'),
  provider: z
    .enum(PROVIDERS)
    .optional()
    .describe('Who takes the payment, from the `providers` of the pack; by default the first of them.'),
  age: ageField(),
  idempotencyKey: keyField(),
}))

const packList = object(() => ({ items: z.array(packOfferSchema) }))

/** The packs for sale: those that a configured payment provider takes or that can be paid by bank transfer. */
export const packsOffered = (c: Context<Env>) => {
  const { payments, settings } = c.var.app
  const { packs, bank } = settings()
  return packs
    .map((pack) => packJson(pack, payments, bank))
    .filter(({ providers, transfer }) => providers.length > 0 || transfer)
}

/** Chooses the provider for a pack: the one asked for, or the first that takes its currency. */
function chooseProvider(payments: readonly Provider[], currency: string, asked: ProviderName | undefined): Provider {
  const able = payments.filter(({ takes }) => takes(currency))
  const chosen = asked ? able.find(({ name }) => name === asked) : able[0]
  if (chosen) return chosen
  if (!able.length) throw unavailable()
  throw invalidFields({ path: 'provider', message: 'This pack cannot be paid this way.' })
}

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
      const asked = await input(c, choice, (form) => <PacksForm packs={packsOffered(c)} {...form} />)
      if (!app.payments.length) throw unavailable()
      await app.limits.take('checkouts', me.id)
      const placed = await onceByKey(c, 'POST /coins/checkouts', asked, async (tx, me, now) => {
        await requireAge(tx, me, app.settings().buyerAge, asked.age)
        const pack = choosePack(app.settings(), asked.pack)
        const { name } = chooseProvider(app.payments, pack.currency, asked.provider)
        return placeCheckout(tx, me, pack, name, now)
      })
      return replyOpened(c, placed.id)
    },
  )
  .get(
    '/:id',
    api('Get the state of one of your payments.', { answers: checkoutSchema, errors: [401, 404] }),
    async (c) => {
      const found = await findOwnCheckout(c.var.app.db, viewer(c), idParam(c))
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
  .get(
    '/:id/pay',
    api('Get the page on which the window of a payment provider opens.', { errors: [401, 404] }),
    async (c) => {
      const found = await findOwnCheckout(c.var.app.db, viewer(c), idParam(c))
      const provider = providerOf(c.var.app, found.provider)
      const checkout = checkoutJson(found)
      if (!provider?.window || !checkout.url) return c.redirect(`/coins/checkouts/${found.id}`, 303)
      const { script, clientKey } = provider.window
      const address = addressOf(c, found.id)
      const order = { reference: found.reference, title: titleOf(c, found.coins), address }
      return replyWindow(c, provider.window, {
        json: () => checkout,
        page: () => <PayPage checkout={checkout} window={{ script, clientKey, ...order }} />,
      })
    },
  )
  .get(
    '/:id/return',
    api('Come back from the page of a payment provider, which confirms the payment.', {
      answers: checkoutSchema,
      errors: [401, 404, 409],
    }),
    async (c) => {
      const { app, write } = c.var
      const me = viewer(c)
      const id = idParam(c)
      await confirmOnReturn(app, write, await findOwnCheckout(app.db, me, id), new URL(c.req.url).searchParams)
      if (c.var.format !== 'json') return c.redirect(`/coins/checkouts/${id}`, 303)
      const checkout = checkoutJson(await findOwnCheckout(app.db, me, id))
      return reply(c, { json: () => checkout, page: () => <CheckoutPage checkout={checkout} /> })
    },
  )

const titleOf = (c: Context<Env>, coins: number) =>
  translateOf(c)({ one: '{n} coin', other: '{n} coins' }, { n: coins })

const addressOf = (c: Context<Env>, id: number) => `${originOf(c)}/coins/checkouts/${id}`

async function replyOpened(c: Context<Env>, id: number) {
  const { coins } = await findOwnCheckout(c.var.app.db, viewer(c), id)
  const order = { title: titleOf(c, coins), address: addressOf(c, id) }
  const at = `/coins/checkouts/${id}`
  const checkout = checkoutJson(await openCheckout(c.var.app, id, order))
  return replyChanged(c, { json: () => checkout }, `${at}?go`, { made: at })
}
