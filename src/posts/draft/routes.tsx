import { type Context, Hono } from 'hono'
import { draftSchema } from '../../../shapes/posts'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { input } from '../../http/input'
import { replyChanged, replyGone } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { Problem } from '../../problem'
import { savedSchema } from '../fields'
import { instantIn } from '../requested'
import { draftJson } from './json'
import { discardDraft, lookUpDraft, saveDraft } from './model'

async function show(c: Context<Env>) {
  const draft = await lookUpDraft(c.var.app.db, viewer(c))
  if (!draft) throw new Problem('not_found', 'There is no draft.')
  return draftJson(draft, viewerContextOf(c))
}

export const draft = new Hono<Env>()
  .get(
    '/',
    api('Get the post that you are making. It is the same on all your devices.', {
      answers: draftSchema,
      errors: [401, 404],
    }),
    async (c) => {
      const draft = await show(c)
      return replyChanged(c, { json: () => draft }, '/posts/new')
    },
  )
  .put(
    '/',
    api('Save the post that you are making. Omitted fields return to their defaults.', {
      body: savedSchema,
      answers: draftSchema,
      made: draftSchema,
      errors: [401, 404, 409],
    }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      const { publishAt, ...contents } = await input(c, savedSchema)
      const made = await write((tx) => saveDraft(tx, me, { ...contents, publishAt: instantIn(c, publishAt) }, now()))
      const draft = await show(c)
      return replyChanged(c, { json: () => draft }, '/posts/new', { made: made && '/posts/draft' })
    },
  )
  .delete('/', api('Discard the post that you are making, with its files.', { errors: [401] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const me = viewer(c)
    await write((tx) => discardDraft(tx, me, now()))
    return replyGone(c, '/', { leave: true })
  })
