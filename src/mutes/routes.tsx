import { type Context, Hono } from 'hono'
import { userSchema } from '../../shapes/users'
import { MuteButton } from '../../views/mutes/button'
import { MutedPage, MutedPart } from '../../views/mutes/list'
import type { Env } from '../context'
import { api } from '../http/api'
import { nextLink, wanted } from '../http/list'
import { reply, replyChanged, replyGone } from '../http/reply'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { userJson } from '../users/json'
import { findSeen } from '../users/model'
import { listMuted, mute, unmute } from './model'

const find = (c: Context<Env, '/:handle'>) => findSeen(c.var.app.db, viewer(c), c.req.param('handle'))

export const mutes = new Hono<Env>()
  .get('/', api('List the people you mute.', { lists: userSchema, errors: [401] }), async (c) => {
    const page = await listMuted(c.var.app.db, viewer(c), wanted(c))
    const next = nextLink(c, page)
    const users = page.items.map((user) => userJson(user, viewerContextOf(c)))
    return reply(c, {
      json: () => ({ ...page, items: users }),
      part: () => <MutedPart users={users} next={next} />,
      page: () => <MutedPage users={users} next={next} />,
    })
  })
  .put(
    '/:handle',
    api('Mute a member: their posts and activity leave your main page, inbox and notifications. They are not told.', {
      answers: userSchema,
      made: userSchema,
      errors: [401, 404, 409],
    }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const other = await find(c)
      const made = await write((tx) => mute(tx, viewer(c), other, now()))
      const user = userJson({ ...other, muted: true }, viewerContextOf(c))
      const shapes = { json: () => user, part: () => <MuteButton user={user} /> }
      return replyChanged(c, shapes, `/users/${user.handle}`, { made: made && `/mutes/${user.handle}` })
    },
  )
  .delete('/:handle', api('Unmute a member.', { errors: [401, 404] }), async (c) => {
    const other = await find(c)
    await c.var.write((tx) => unmute(tx, viewer(c), other))
    const user = userJson({ ...other, muted: false }, viewerContextOf(c))
    return replyGone(c, `/users/${user.handle}`, { part: () => <MuteButton user={user} /> })
  })
