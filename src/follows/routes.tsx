import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { userSchema } from '../../shapes/users'
import { FollowButton } from '../../views/users/follow'
import { UsersPage, UsersPart } from '../../views/users/list'
import type { Env } from '../context'
import { api } from '../http/api'
import { input } from '../http/input'
import { nextLink, wantedOfTime } from '../http/list'
import { reply, replyChanged, replyGone } from '../http/reply'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { userJson } from '../users/json'
import { findSeen } from '../users/model'
import { followers } from './followers-routes'
import { follow, listFollowing, unfollow } from './model'
import { requests } from './requests-routes'

const wish = object(() => ({
  notify: z.boolean().optional().describe('Whether to be notified of each new post. Defaults to true.'),
}))

async function seen(c: Context<Env>, handle: string) {
  return userJson(await findSeen(c.var.app.db, viewer(c), handle), viewerContextOf(c))
}

export const follows = new Hono<Env>()
  .route('/requests', requests)
  .route('/followers', followers)
  .get('/', api('List the people you follow.', { lists: userSchema, dated: true, errors: [401] }), async (c) => {
    const me = viewer(c)
    const viewerContext = viewerContextOf(c)
    const page = await listFollowing(c.var.app.db, me, me, wantedOfTime(c))
    const next = nextLink(c, page)
    const users = page.items.map((user) => userJson(user, viewerContext))
    return reply(c, {
      json: () => ({ ...page, items: users }),
      part: () => <UsersPart users={users} next={next} />,
      page: () => (
        <UsersPage
          title={viewerContext.t('Following')}
          empty={viewerContext.t('You follow nobody yet.')}
          back={`/users/${me.handle}`}
          users={users}
          next={next}
        />
      ),
    })
  })
  .put(
    '/:handle',
    api('Follow a person. Private accounts are asked, and answer with 202 until they accept.', {
      body: wish,
      answers: userSchema,
      made: userSchema,
      waits: object(() => ({ requested: z.literal(true) })),
      errors: [401, 404, 409],
    }),
    async (c) => {
      const { db, now } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      const { notify } = await input(c, wish)
      const user = await findSeen(db, me, c.req.param('handle'))
      const outcome = await write((tx) => follow(tx, me, user, notify, now()))
      const waits = outcome === 'requested'
      const json = await seen(c, user.handle)
      const at = `/users/${user.handle}`
      const shapes = { json: () => (waits ? { requested: true } : json), part: () => <FollowButton user={json} /> }
      return replyChanged(c, shapes, at, { made: outcome === 'followed' && `/follows/${user.handle}`, waits })
    },
  )
  .delete(
    '/:handle',
    api('Unfollow a person, or withdraw the request to follow them.', { errors: [401, 404] }),
    async (c) => {
      const { db, now } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      const user = await findSeen(db, me, c.req.param('handle'))
      await write((tx) => unfollow(tx, me, user, now()))
      const json = await seen(c, user.handle)
      return replyGone(c, `/users/${user.handle}`, { part: () => <FollowButton user={json} /> })
    },
  )
