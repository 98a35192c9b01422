import { Hono } from 'hono'
import { z } from 'zod'
import { PAGE_NAMES, pageSchema } from '../../shapes/pages'
import { WrittenPage } from '../../views/pages/page'
import type { Env } from '../context'
import { api } from '../http/api'
import { reply, replyChanged } from '../http/reply'
import { viewer } from '../http/viewer'
import { agree } from '../users/agreement'
import { pageJson } from './json'
import { findPage } from './model'

export const pages = new Hono<Env>()
  .put(
    '/agreement',
    api('Agree to the rules, terms and privacy statement as they are now.', { errors: [401] }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      await write((tx) => agree(tx, me.id, now()))
      if (c.var.format === 'json') return c.body(null, 204)
      return replyChanged(c, { json: () => ({}) }, '/')
    },
  )
  .get(
    '/:name',
    api('Get a page that the host wrote.', {
      params: { name: z.enum(PAGE_NAMES) },
      answers: pageSchema,
      errors: [404],
    }),
    async (c) => {
      const page = await pageJson(await findPage(c.var.app.db, c.req.param('name')))
      return reply(c, { json: () => page, page: () => <WrittenPage {...page} /> })
    },
  )
