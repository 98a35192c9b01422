import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../../shapes/object'
import { TipForm, TipPage, Tipped } from '../../../views/coins/tips/new'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { input } from '../../http/input'
import { reply, replyChanged } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { onceByKey } from '../../idempotency/by-key'
import { keyField } from '../../idempotency/fields'
import { userJson } from '../../users/json'
import { findSeen } from '../../users/model'
import { coinsField, handleField, noteField } from '../fields'
import { balanceOf } from '../ledger'
import { findPayee } from '../payee'
import { tip } from './model'

const draft = object(() => ({
  handle: handleField(),
  coins: coinsField(),
  postId: z.int().positive().optional().describe('A post of the person that the tip is for.'),
  note: noteField(),
  idempotencyKey: keyField(),
}))

const asked = object(() => ({
  handle: handleField(),
  postId: z.coerce.number().int().positive().optional().catch(undefined),
  coins: z.coerce.number().int().positive().optional().catch(undefined),
}))
const tipped = object(() => ({
  id: z.int(),
  handle: z.string(),
  coins: z.int(),
  postId: z.int().optional(),
  balance: z.int(),
})).meta({ id: 'Tip' })

export const tips = new Hono<Env>()
  .get('/new', async (c) => {
    viewer(c)
    const { handle, postId, coins } = asked.parse({
      handle: c.req.query('handle') ?? '?',
      postId: c.req.query('post'),
      coins: c.req.query('coins'),
    })
    const user = userJson(await findSeen(c.var.app.db, c.var.viewer, handle), viewerContextOf(c))
    return reply(c, {
      json: () => ({ user, postId }),
      page: () => <TipPage user={user} postId={postId} amount={coins} />,
    })
  })
  .post(
    '/',
    api('Tip a person.', { body: draft, made: tipped, once: true, errors: [401, 402, 404, 409] }),
    async (c) => {
      viewer(c)
      const given = await input(c, draft, (form) => <TipForm {...form} />)
      const { feePercent } = c.var.app.settings()
      const made = await onceByKey(c, 'POST /coins/tips', given, async (tx, me, now) => {
        const to = await findPayee(tx, me, given.handle)
        const id = await tip(tx, me, to, { ...given, feePercent }, now)
        const { balance } = await balanceOf(tx, 'member', me.id)
        return { id, handle: to.handle, coins: given.coins, ...(given.postId && { postId: given.postId }), balance }
      })
      return replyChanged(c, { json: () => made, part: () => <Tipped {...made} /> }, '/coins', {
        made: '/coins/entries',
      })
    },
  )
