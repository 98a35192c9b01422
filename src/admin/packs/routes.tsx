import { Hono } from 'hono'
import { z } from 'zod'
import { packOfferSchema } from '../../../shapes/checkouts'
import { object } from '../../../shapes/object'
import { AdminPacksPage, PackForm } from '../../../views/admin/packs'
import { packJson } from '../../coins/checkouts/json'
import { addPack, packOf, removePack } from '../../coins/checkouts/packs'
import { MOST_COINS } from '../../coins/ledger'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { input } from '../../http/input'
import { reply, replyChanged, replyGone } from '../../http/reply'
import { staff } from '../../http/viewer'

const draft = object(() => ({
  coins: z.int().min(1).max(MOST_COINS),
  amount: z.int().optional().describe('The price in the smallest unit of the currency. Give either this or `price`.'),
  price: z.string().max(20).optional().describe('The price as people write it, like 4.90.'),
  currency: z.string().trim().length(3, 'A currency has three letters, like EUR.'),
}))

const packList = object(() => ({
  items: z.array(packOfferSchema),
  payments: z.boolean().describe('Whether a payment provider is set up.'),
}))

/** Manages the packs of coins for sale, which are stored in the `packs` setting. */
export const adminPacks = new Hono<Env>()
  .get('/', api('List the packs of coins that are for sale.', { answers: packList, errors: [401, 403] }), (c) => {
    const { settings, payments } = c.var.app
    staff(c, 'admin')
    const shown = {
      items: settings().packs.map((pack) => packJson(pack, payments, settings().bank)),
      payments: payments.length > 0,
    }
    return reply(c, { json: () => shown, page: () => <AdminPacksPage {...shown} /> })
  })
  .post('/', api('Add a pack.', { body: draft, made: packOfferSchema, errors: [401, 403, 409] }), async (c) => {
    const { config, now, payments, settings } = c.var.app
    const { write } = c.var
    const me = staff(c, 'admin')
    const pack = packOf(await input(c, draft, (form) => <PackForm {...form} />))
    await write((tx) => addPack(tx, me, pack, config, now()))
    return replyChanged(c, { json: () => packJson(pack, payments, settings().bank) }, '/admin/packs', {
      made: '/admin/packs',
    })
  })
  .delete('/:id', api('Remove a pack.', { errors: [401, 403] }), async (c) => {
    const { config, now } = c.var.app
    const { write } = c.var
    const me = staff(c, 'admin')
    await write((tx) => removePack(tx, me, c.req.param('id'), config, now()))
    return replyGone(c, '/admin/packs', { leave: true })
  })
