import { type Context, Hono } from 'hono'
import { userSchema } from '../../shapes/users'
import { RequestsPage, RequestsPart } from '../../views/follows/requests'
import type { Env } from '../context'
import { api } from '../http/api'
import { nextLink, wanted } from '../http/list'
import { reply, replyChanged, replyGone } from '../http/reply'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { userJson } from '../users/json'
import { findSeen } from '../users/model'
import { acceptRequest, dropRequest, listFollowRequests } from './requests'

const HERE = '/follows/requests'
const find = (c: Context<Env, '/:handle'>) => findSeen(c.var.app.db, viewer(c), c.req.param('handle'))

/** The requests to follow me, which I accept or refuse. */
export const requests = new Hono<Env>()
  .get('/', api('List the people who ask to follow you.', { lists: userSchema, errors: [401] }), async (c) => {
    const page = await listFollowRequests(c.var.app.db, viewer(c), wanted(c))
    const next = nextLink(c, page)
    const users = page.items.map((user) => userJson(user, viewerContextOf(c)))
    return reply(c, {
      json: () => ({ ...page, items: users }),
      part: () => <RequestsPart users={users} next={next} />,
      page: () => <RequestsPage users={users} next={next} />,
    })
  })
  .put('/:handle', api('Accept a request to follow you.', { answers: userSchema, errors: [401, 404] }), async (c) => {
    const { now } = c.var.app
    const other = await find(c)
    await c.var.write((tx) => acceptRequest(tx, viewer(c), other, now()))
    const user = userJson(other, viewerContextOf(c))
    return replyChanged(c, { json: () => user, part: () => <></> }, HERE)
  })
  .delete(
    '/:handle',
    api('Refuse a request to follow you. The person is not told, and can ask again.', { errors: [401, 404] }),
    async (c) => {
      const other = await find(c)
      await c.var.write((tx) => dropRequest(tx, other, viewer(c)))
      return replyGone(c, HERE)
    },
  )
