import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { reportSchema, type Subject } from '../../shapes/reports'
import { ReportForm, ReportPage, ReportSentPage } from '../../views/reports/report'
import type { Env } from '../context'
import { api } from '../http/api'
import { idIn, idParam, input } from '../http/input'
import { reply, replyChanged } from '../http/reply'
import { viewer } from '../http/viewer'
import { Problem } from '../problem'
import { reasonField } from '../users/fields'
import { reportJson } from './json'
import { findOwnReport, findTarget, report } from './model'

const draft = object(() => ({
  postId: z.int().positive().optional(),
  commentId: z.int().positive().optional(),
  handle: z.string().trim().toLowerCase().max(100).optional(),
  reason: reasonField(),
}))

/** Returns the subject, of which there must be exactly one. */
function subjectOf({ postId, commentId, handle }: Omit<z.infer<typeof draft>, 'reason'>): Subject {
  const named: Subject[] = [
    ...(postId ? [{ postId }] : []),
    ...(commentId ? [{ commentId }] : []),
    ...(handle ? [{ handle }] : []),
  ]
  if (named.length === 1) return named[0]!
  throw new Problem('invalid', 'Choose one thing to report: a post, a comment or a member.')
}

/** Reads the subject from the query of the form's URL. */
function asked(c: Context<Env>): Subject {
  const { postId, commentId, handle } = c.req.query()
  return subjectOf({ postId: idIn(postId), commentId: idIn(commentId), handle })
}

export const reports = new Hono<Env>()
  .get('/new', async (c) => {
    const subject = asked(c)
    await findTarget(c.var.app.db, viewer(c), subject)
    return reply(c, { json: () => subject, page: () => <ReportPage subject={subject} /> })
  })
  .post(
    '/',
    api('Report a post, a comment or a member to the staff. Reporting the same thing again updates your report.', {
      body: draft,
      answers: reportSchema,
      made: reportSchema,
      errors: [401, 404, 409],
    }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      const { reason, ...named } = await input(c, draft, ({ values, ...form }) => (
        <ReportForm {...form} values={values ?? {}} />
      ))
      const subject = subjectOf(named)
      const { report: row, made } = await write((tx) => report(tx, me, subject, reason, now()))
      const at = `/reports/${row.id}`
      return replyChanged(c, { json: () => reportJson(row) }, at, { made: made && at })
    },
  )
  .get(
    '/:id{[0-9]+}',
    api('Get one of your reports and whether it is settled.', { answers: reportSchema, errors: [401, 404] }),
    async (c) => {
      const row = reportJson(await findOwnReport(c.var.app.db, viewer(c), idParam(c)))
      return reply(c, { json: () => row, page: () => <ReportSentPage report={row} /> })
    },
  )
