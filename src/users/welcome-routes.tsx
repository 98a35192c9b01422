import { Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import type { Env } from '../context'
import { api } from '../http/api'
import { reply, replyGone } from '../http/reply'
import { viewer } from '../http/viewer'
import { toHtml } from '../pages/markdown'
import { endWelcome } from './welcome'

const welcomeSchema = object(() => ({
  text: z.string().describe('The welcome in Markdown; empty when there is none, or it was ended.'),
  html: z.string(),
})).meta({ id: 'Welcome' })

export const welcome = new Hono<Env>()
  .get(
    '/',
    api('Get the welcome of the host, until you end it.', { answers: welcomeSchema, errors: [401] }),
    async (c) => {
      const text = viewer(c).isNew ? c.var.app.settings().welcome : ''
      if (c.var.format !== 'json') return c.redirect('/', 303)
      const html = await toHtml(text)
      return reply(c, { json: () => ({ text, html }), page: () => <></> })
    },
  )
  .delete('/', api('End the welcome, which is then not shown again.', { errors: [401] }), async (c) => {
    const { write } = c.var
    const { id } = viewer(c)
    await write((tx) => endWelcome(tx, id))
    return replyGone(c, '/')
  })
