import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../../shapes/object'
import { GiftForm, GiftPage, Given } from '../../../views/posts/gifts/new'
import { handleField } from '../../coins/fields'
import { balanceOf } from '../../coins/ledger'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam, input } from '../../http/input'
import { reply, replyChanged } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { onceByKey } from '../../idempotency/by-key'
import { keyField } from '../../idempotency/fields'
import { giveGift } from '../../library/gift'
import { findPost } from '../feed'
import { postJson } from '../json'

const draft = object(() => ({
  handle: handleField(),
  price: z.int().describe('The price that the giver was shown.'),
  idempotencyKey: keyField(),
}))

const given = object(() => ({ postId: z.int(), handle: z.string(), coins: z.int(), balance: z.int() })).meta({
  id: 'Gift',
})

export const gifts = new Hono<Env>()
  .get('/new', async (c) => {
    const me = viewer(c)
    const post = postJson(await findPost(c.var.app.db, me, idParam(c)), viewerContextOf(c))
    return reply(c, { json: () => post, page: () => <GiftPage post={post} /> })
  })
  .post(
    '/',
    api('Buy a post for someone else. It appears in their library.', {
      body: draft,
      made: given,
      once: true,
      errors: [401, 402, 404, 409, 429],
    }),
    async (c) => {
      const { id } = viewer(c)
      const postId = idParam(c)
      const asked = await input(c, draft, (form) => (
        <GiftForm {...form} postId={postId} price={Number(form.values?.price)} />
      ))
      const { limits, settings } = c.var.app
      const { feePercent } = settings()
      const attempt = () =>
        onceByKey(c, 'POST /posts/gifts', { ...asked, postId }, async (tx, me, now) => {
          const to = await giveGift(tx, me, asked.handle, postId, { price: asked.price, feePercent }, now)
          const { balance } = await balanceOf(tx, 'member', me.id)
          return { postId, handle: to.handle, coins: asked.price, balance }
        })
      const gift = await limits.attempt([['redemptions', id]], attempt)
      return replyChanged(c, { json: () => gift, part: () => <Given {...gift} /> }, '/coins', {
        made: `/posts/${postId}`,
      })
    },
  )
