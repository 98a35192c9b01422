import { Hono } from 'hono'
import { z } from 'zod'
import { APPEAL_OUTCOMES, type DeskAppealJson, deskAppealSchema } from '../../../shapes/appeals'
import { object } from '../../../shapes/object'
import { AppealsPage, AppealsPart } from '../../../views/admin/appeals'
import { appealJson } from '../../appeals/json'
import { type AppealRow, listAppeals, settleAppeal } from '../../appeals/staff'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { idParam, input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply, replyChanged } from '../../http/reply'
import { staff } from '../../http/viewer'
import { type ViewerContext, viewerContextOf } from '../../http/viewer-context'
import { reasonField } from '../../users/fields'
import { userJson } from '../../users/json'

const json = ({ appeal, user, reason }: AppealRow, viewerContext: ViewerContext): DeskAppealJson => ({
  ...appealJson(appeal),
  user: user && userJson(user, viewerContext),
  reason,
})

const decision = object(() => ({
  outcome: z.enum(APPEAL_OUTCOMES),
  answer: reasonField().optional().describe('What the person is told.'),
}))

export const adminAppeals = new Hono<Env>()
  .get(
    '/',
    api('List the appeals that wait for a decision, or those decided with `?status=settled`.', {
      lists: deskAppealSchema,
      errors: [401, 403],
    }),
    async (c) => {
      const me = staff(c)
      const open = c.req.query('status') !== 'settled'
      const page = await listAppeals(c.var.app.db, me, open, wanted(c))
      const next = nextLink(c, page)
      const appeals = page.items.map((row) => json(row, viewerContextOf(c)))
      return reply(c, {
        json: () => ({ ...page, items: appeals }),
        part: () => <AppealsPart appeals={appeals} next={next} />,
        page: () => <AppealsPage appeals={appeals} next={next} open={open} />,
      })
    },
  )
  .patch(
    '/:id',
    api('Decide about an appeal. Granting one of a suspended person lifts the suspension.', {
      body: decision,
      answers: deskAppealSchema,
      errors: [401, 403, 404, 409],
    }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const me = staff(c)
      const id = idParam(c)
      const asked = await input(c, decision)
      const row = await write((tx) => settleAppeal(tx, me, id, asked, now()))
      return replyChanged(c, { json: () => json(row, viewerContextOf(c)) }, '/admin/appeals')
    },
  )
