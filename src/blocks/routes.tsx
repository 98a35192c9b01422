import { Hono } from 'hono'
import { userSchema } from '../../shapes/users'
import { BlockButton } from '../../views/blocks/button'
import { BlockedPage, BlockedPart } from '../../views/blocks/list'
import type { Env } from '../context'
import { api } from '../http/api'
import { nextLink, wanted } from '../http/list'
import { reply, replyChanged, replyGone } from '../http/reply'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { userJson } from '../users/json'
import type { Seen } from '../users/person'
import { block, findBlockable, listBlocked, unblock } from './model'

/** The page to show next. People who block me have no profile page that I can see. */
const pageOf = ({ handle, blocksMe }: Seen) => (blocksMe ? '/blocks' : `/users/${handle}`)

export const blocks = new Hono<Env>()
  .get('/', api('List the people you block.', { lists: userSchema, errors: [401] }), async (c) => {
    const page = await listBlocked(c.var.app.db, viewer(c), wanted(c))
    const next = nextLink(c, page)
    const users = page.items.map((user) => userJson(user, viewerContextOf(c)))
    return reply(c, {
      json: () => ({ ...page, items: users }),
      part: () => <BlockedPart users={users} next={next} />,
      page: () => <BlockedPage users={users} next={next} />,
    })
  })
  .put(
    '/:handle',
    api('Block a person. Neither of you sees or follows the other from now on.', {
      answers: userSchema,
      made: userSchema,
      errors: [401, 404, 409],
    }),
    async (c) => {
      const { db, now } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      const other = await findBlockable(db, me, c.req.param('handle'))
      const made = await write((tx) => block(tx, me, other, now()))
      const user = userJson(await findBlockable(db, me, other.handle), viewerContextOf(c))
      const shapes = { json: () => user, part: () => <BlockButton user={user} /> }
      return replyChanged(c, shapes, pageOf(other), { made: made && `/blocks/${user.handle}` })
    },
  )
  .delete('/:handle', api('Unblock a person. Earlier follows are not restored.', { errors: [401, 404] }), async (c) => {
    const { db } = c.var.app
    const { write } = c.var
    const me = viewer(c)
    const other = await findBlockable(db, me, c.req.param('handle'))
    await write((tx) => unblock(tx, me, other))
    const user = userJson({ ...other, blocked: false }, viewerContextOf(c))
    return replyGone(c, pageOf(other), { part: () => <BlockButton user={user} /> })
  })
