import { Hono } from 'hono'
import { object } from '../../../shapes/object'
import { branchShape, invitedSchema, suspendedManySchema } from '../../../shapes/people'
import { BranchForm, InvitedPage, InvitedPart } from '../../../views/admin/invited'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { input } from '../../http/input'
import { nextLink, wanted } from '../../http/list'
import { reply } from '../../http/reply'
import { staff } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { countBelow, findLine, handlesOfBranch, listInvited } from '../../invites/tree'
import { reasonField } from '../../users/fields'
import { deskAccountJson } from '../../users/json'
import { suspendMany } from '../../users/many'
import { findUser } from '../../users/model'
import { replyMany } from './many-routes'

const end = object(() => ({ reason: reasonField() }))

export const adminInvited = new Hono<Env>()
  .get(
    '/:handle/invited',
    api('List the people whom somebody invited, newest first.', {
      lists: invitedSchema,
      with: branchShape,
      errors: [401, 403, 404],
    }),
    async (c) => {
      const { db, settings } = c.var.app
      const me = staff(c)
      const user = await findUser(db, c.req.param('handle'))
      const page = await listInvited(db, me, user, wanted(c))
      const next = nextLink(c, page)
      const people = page.items.map((row) => ({
        ...deskAccountJson(me, row, viewerContextOf(c), settings()),
        invited: row.invited,
      }))
      const line = (await findLine(db, user)).map(({ handle }) => handle)
      const below = await countBelow(db, user)
      return reply(c, {
        json: () => ({ ...page, items: people, line, below }),
        part: () => <InvitedPart people={people} next={next} />,
        page: () => <InvitedPage user={user} line={line} below={below} people={people} next={next} />,
      })
    },
  )
  .post(
    '/:handle/invited/suspensions',
    api('Suspend somebody and all whom they invited, directly or through others: at most 100 people in one call.', {
      body: end,
      answers: suspendedManySchema,
      errors: [401, 403, 404],
    }),
    async (c) => {
      const { db, now } = c.var.app
      const { write } = c.var
      const me = staff(c)
      const user = await findUser(db, c.req.param('handle'))
      const { reason } = await input(c, end, (form) => <BranchForm handle={user.handle} {...form} />)
      const done = await write(async (tx) => suspendMany(tx, me, await handlesOfBranch(tx, user), reason, now()))
      return replyMany(c, done, 'suspended')
    },
  )
