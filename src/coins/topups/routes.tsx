import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../../shapes/object'
import { bankSchema, type Settings } from '../../../shapes/settings'
import { nameField, textField } from '../../../shapes/text'
import { topupSchema } from '../../../shapes/topups'
import { TopupForms, TopupsPage, TopupsPart } from '../../../views/coins/topups/list'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam, input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply, replyChanged, replyGone } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { onceByKey } from '../../idempotency/by-key'
import { keyField } from '../../idempotency/fields'
import { invalidFields, Problem } from '../../problem'
import { requireAge } from '../../users/age'
import { packJson } from '../checkouts/json'
import { choosePack } from '../checkouts/packs'
import { ageField } from '../fields'
import { MOST_COINS } from '../ledger'
import { topupJson } from './json'
import { askTopup, listTopupsOf, type TopupDraft, withdrawTopup } from './model'

const draft = object(() => ({
  coins: z.int().min(1).max(MOST_COINS).optional().describe('How many coins you paid for. Give either this or `pack`.'),
  pack: z.string().min(1).max(100).optional().describe('The `id` of a pack.'),
  depositor: nameField({ max: 60 }).optional().describe('The name on your bank transfer.'),
  note: textField({ max: 500 }).optional().describe('How you paid, like “20 in cash, to Mina”. Needed for cash.'),
  age: ageField(),
  idempotencyKey: keyField(),
}))

type Asked = Omit<z.infer<typeof draft>, 'idempotencyKey'>

/** Reads what was asked for: a pack by bank transfer, or coins paid by transfer or in cash. */
function draftOf({ coins, pack, depositor, note = '' }: Asked, settings: Settings): TopupDraft {
  if (pack && coins) throw invalidFields({ path: 'coins', message: 'Choose a pack or enter coins, not both.' })
  if (!pack && !coins) throw invalidFields({ path: 'coins', message: 'Enter at least 1 coin.' })
  if (pack && !depositor) throw invalidFields({ path: 'depositor', message: 'Please enter the name on the transfer.' })
  if (!depositor && !note) throw invalidFields({ path: 'note', message: 'Please enter how you paid.' })
  if (depositor && !settings.bank.account)
    throw new Problem('conflict', 'There are no bank transfers here.', { code: 'transfer_unavailable' })
  if (!pack) return { coins: coins ?? 0, note, depositor }
  const { amount, currency, ...chosen } = choosePack(settings, pack)
  return { coins: chosen.coins, note, depositor, price: { amount, currency } }
}

const transferTo = {
  bank: bankSchema.nullable().describe('Where to transfer the money; null where there are no bank transfers.'),
}

type Shown = Omit<Parameters<typeof TopupForms>[0], 'values' | 'problem'>

const waysOf = (c: Context<Env>): Shown => {
  const { bank, packs } = c.var.app.settings()
  return {
    bank: bank.account ? bank : null,
    packs: packs.map((pack) => packJson(pack, [], bank)),
    chosen: c.req.query('pack'),
  }
}

export const topups = new Hono<Env>()
  .get('/', api('List your top-up requests.', { lists: topupSchema, with: transferTo, errors: [401] }), async (c) => {
    const page = await listTopupsOf(c.var.app.db, viewer(c), wanted(c))
    const next = nextLink(c, page)
    const items = page.items.map(topupJson)
    return reply(c, {
      json: () => ({ ...page, items, bank: waysOf(c).bank }),
      part: () => <TopupsPart topups={items} next={next} {...waysOf(c)} />,
      page: () => <TopupsPage topups={items} next={next} {...waysOf(c)} />,
    })
  })
  .post(
    '/',
    api('Request coins from the staff that you pay for by bank transfer or in cash.', {
      body: draft,
      made: topupSchema,
      once: true,
      errors: [401, 409],
    }),
    async (c) => {
      viewer(c)
      const asked = await input(c, draft, (form) => <TopupForms {...form} {...waysOf(c)} />)
      const settings = c.var.app.settings()
      const result = await onceByKey(c, 'POST /coins/topups', asked, async (tx, me, now) => {
        await requireAge(tx, me, settings.buyerAge, asked.age)
        return topupJson(await askTopup(tx, me, draftOf(asked, settings), now))
      })
      return replyChanged(c, { json: () => result }, '/coins/topups', { made: '/coins/topups' })
    },
  )
  .delete('/:id', api('Withdraw an undecided top-up request.', { errors: [401, 409] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const [me, id] = [viewer(c), idParam(c)]
    await write((tx) => withdrawTopup(tx, me, id, now()))
    return replyGone(c, '/coins/topups', { leave: true })
  })
