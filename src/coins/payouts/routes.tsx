import { type Context, Hono } from 'hono'
import { object } from '../../../shapes/object'
import { type AvailabilityJson, availableSchema, payoutSchema } from '../../../shapes/payouts'
import { nameField } from '../../../shapes/text'
import { PayoutForm, PayoutsPage, PayoutsPart } from '../../../views/coins/payouts/list'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam, input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply, replyChanged, replyGone } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { onceByKey } from '../../idempotency/by-key'
import { keyField } from '../../idempotency/fields'
import { coinsField } from '../fields'
import { sealAccount } from './account'
import { withdrawPayout } from './decide'
import { payoutJson } from './json'
import { askForPayout, availableTo, findOwnPayout, listPayoutsOf } from './model'

const draft = object(() => ({
  coins: coinsField(),
  bank: nameField({ max: 60 }).optional().describe('The bank of the account that is paid.'),
  account: nameField({ max: 60 }).optional().describe('The number of the account.'),
  holder: nameField({ max: 100 }).optional().describe('Whose account it is.'),
  idempotencyKey: keyField(),
})).refine(({ bank, account, holder }) => [bank, account, holder].filter(Boolean).length % 3 === 0, {
  path: ['account'],
  error: 'Please enter bank, account number and account holder, or none of them.',
})

async function availability(c: Context<Env>): Promise<AvailabilityJson> {
  const { db, settings, now } = c.var.app
  const { payouts, payoutMinCoins: least, payoutHoldDays: holdDays } = settings()
  return { payouts, ...(await availableTo(db, viewer(c), settings(), now())), least, holdDays }
}

export const payouts = new Hono<Env>()
  .get(
    '/',
    api('List your payout requests.', { lists: payoutSchema, with: availableSchema, errors: [401] }),
    async (c) => {
      const page = await listPayoutsOf(c.var.app.db, viewer(c), wanted(c))
      const next = nextLink(c, page)
      const list = page.items.map(payoutJson)
      const available = await availability(c)
      return reply(c, {
        json: () => ({ ...page, items: list, ...available }),
        part: () => <PayoutsPart payouts={list} next={next} />,
        page: () => <PayoutsPage payouts={list} next={next} availability={available} />,
      })
    },
  )
  .post(
    '/',
    api('Request a payout of earned coins.', { body: draft, made: payoutSchema, once: true, errors: [401, 403, 409] }),
    async (c) => {
      viewer(c)
      const asked = await input(c, draft, async (form) => <PayoutForm {...form} availability={await availability(c)} />)
      const { payoutKey } = c.var.app
      const rules = c.var.app.settings()
      const made = await onceByKey(c, 'POST /coins/payouts', asked, async (tx, me, now) => {
        const { coins, bank, account, holder } = asked
        const sealed = (id: number) =>
          bank && account && holder ? sealAccount(payoutKey, id, { bank, account, holder }) : null
        const id = await askForPayout(tx, me, { coins, sealed }, rules, now)
        return payoutJson(await findOwnPayout(tx, me, id))
      })
      return replyChanged(c, { json: () => made }, '/coins/payouts', { made: `/coins/payouts/${made.id}` })
    },
  )
  .get('/:id', api('Get a payout request.', { answers: payoutSchema, errors: [401, 404] }), async (c) => {
    const payout = payoutJson(await findOwnPayout(c.var.app.db, viewer(c), idParam(c)))
    const available = await availability(c)
    return reply(c, {
      json: () => payout,
      page: () => <PayoutsPage payouts={[payout]} next={null} availability={available} />,
    })
  })
  .delete('/:id', api('Withdraw an undecided payout request.', { errors: [401, 404, 409] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const [me, id] = [viewer(c), idParam(c)]
    await write((tx) => withdrawPayout(tx, me, id, now()))
    return replyGone(c, '/coins/payouts', { leave: true })
  })
