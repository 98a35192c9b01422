import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../../shapes/object'
import { FLAG_OUTCOMES, type FlagJson, flagSchema } from '../../../shapes/words'
import { FlagsPage, FlagsPart } from '../../../views/admin/flags'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam, input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply, replyChanged } from '../../http/reply'
import { staff } from '../../http/viewer'
import { type ViewerContext, viewerContextOf } from '../../http/viewer-context'
import { commentJson } from '../../posts/comments/json'
import { postJson } from '../../posts/json'
import { userJson } from '../../users/json'
import { type FlagRow, fillFlags, listFlags, settleFlag } from '../../words/settle'

const flagJson = ({ flag, user, post, comment }: FlagRow, viewerContext: ViewerContext): FlagJson => ({
  id: flag.id,
  at: flag.at.toISOString(),
  effect: flag.effect,
  words: flag.words,
  field: flag.field,
  user: user && userJson(user, viewerContext),
  post: post && postJson(post, viewerContext),
  comment: comment && commentJson(comment, viewerContext),
  text: flag.text,
  outcome: flag.outcome,
  settledAt: flag.settledAt?.toISOString() ?? null,
})

const decision = object(() => ({ outcome: z.enum(FLAG_OUTCOMES) }))

export const adminFlags = new Hono<Env>()
  .get(
    '/',
    api('List texts with listed words that wait for a decision, or those decided with `?status=settled`.', {
      lists: flagSchema,
      errors: [401, 403],
    }),
    async (c) => {
      const me = staff(c)
      const open = c.req.query('status') !== 'settled'
      const page = await listFlags(c.var.app.db, me, open, wanted(c))
      const next = nextLink(c, page)
      const flags = page.items.map((row) => flagJson(row, viewerContextOf(c)))
      return reply(c, {
        json: () => ({ ...page, items: flags }),
        part: () => <FlagsPart flags={flags} next={next} />,
        page: () => <FlagsPage flags={flags} next={next} open={open} />,
      })
    },
  )
  .patch(
    '/:id',
    api('Decide about a text: show it to everybody, or remove it. Its author is told.', {
      body: decision,
      answers: flagSchema,
      errors: [401, 403, 404, 409],
    }),
    async (c) => {
      const { db, now, config } = c.var.app
      const { write } = c.var
      const me = staff(c)
      const id = idParam(c)
      const { outcome } = await input(c, decision)
      const flag = await write((tx) => settleFlag(tx, me, id, outcome, { now: now(), crowd: config.crowd }))
      const [row] = await fillFlags(db, me, [flag])
      return replyChanged(c, { json: () => flagJson(row!, viewerContextOf(c)) }, '/admin/flags')
    },
  )
