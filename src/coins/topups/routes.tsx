import { Hono } from 'hono'
import { z } from 'zod'
import { textField } from '../../../shapes/text'
import { topupSchema } from '../../../shapes/topups'
import { TopupForm, TopupsPage, TopupsPart } from '../../../views/coins/topups/list'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam, input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply, replyChanged, replyGone } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { once } from '../../idempotency/model'
import { MOST_COINS } from '../ledger'
import { topupJson } from './json'
import { askTopup, listTopups, withdrawTopup } from './model'

const draft = z.object({
  coins: z.int().min(1).max(MOST_COINS),
  note: textField({ max: 500, empty: 'Please enter how you paid.' }).describe(
    'How you paid, like “20 in cash, to Mina”.',
  ),
  idempotencyKey: z.string().max(255).optional(),
})

export const topups = new Hono<Env>()
  .get('/', api('List your top-up requests.', { lists: topupSchema, errors: [401] }), async (c) => {
    const page = await listTopups(c.var.app.db, viewer(c), wanted(c))
    const next = nextLink(c, page)
    const items = page.items.map(topupJson)
    return reply(c, {
      json: () => ({ ...page, items }),
      part: () => <TopupsPart topups={items} next={next} />,
      page: () => <TopupsPage topups={items} next={next} />,
    })
  })
  .post(
    '/',
    api('Request coins from the staff that you paid for in cash.', {
      body: draft,
      made: topupSchema,
      once: true,
      errors: [401, 409],
    }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      const { idempotencyKey, ...asked } = await input(c, draft, (form) => <TopupForm {...form} />)
      const call = {
        userId: me.id,
        call: 'POST /coins/topups',
        key: c.req.header('idempotency-key') ?? idempotencyKey,
        body: asked,
      }
      const { result } = await write((tx) =>
        once(tx, call, now(), async () => topupJson(await askTopup(tx, me, asked, now()))),
      )
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
