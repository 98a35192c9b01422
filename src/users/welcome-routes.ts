import { Hono } from 'hono'
import { z } from 'zod'
import type { Env } from '../context'
import { api } from '../http/api'
import { replyGone } from '../http/reply'
import { viewer } from '../http/viewer'
import { toHtml } from '../pages/markdown'
import { Problem } from '../problem'
import { endWelcome } from './welcome'

const welcomeSchema = z
  .object({ text: z.string().describe('The welcome in Markdown.'), html: z.string() })
  .meta({ id: 'Welcome' })

export const welcome = new Hono<Env>()
  .get(
    '/',
    api('Get the welcome of the host, until you end it.', { answers: welcomeSchema, errors: [401, 404] }),
    (c) => {
      const { welcome: text } = c.var.app.settings()
      if (!viewer(c).isNew || !text) throw new Problem('not_found', 'There is nothing at this address.')
      return c.var.format === 'json' ? c.json({ text, html: toHtml(text) }) : c.redirect('/', 303)
    },
  )
  .delete('/', api('End the welcome, which is then not shown again.', { errors: [401] }), async (c) => {
    const { write } = c.var
    const { id } = viewer(c)
    await write((tx) => endWelcome(tx, id))
    return replyGone(c, '/')
  })
