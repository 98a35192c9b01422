import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { ACTION_KINDS, actionSchema } from '../../../shapes/actions'
import { later, object } from '../../../shapes/object'
import { AdminActionsPage, AdminActionsPart } from '../../../views/admin/actions'
import { actionJson } from '../../actions/json'
import { type ActionRow, listActions } from '../../actions/model'
import type { Env } from '../../context'
import type { Page } from '../../db/page'
import { api } from '../../http/api'
import { nextLink, wanted } from '../../http/list'
import { reply } from '../../http/reply'
import { staff } from '../../http/viewer'
import { lookUpUser } from '../../users/model'

const handle = later(() =>
  z
    .string()
    .transform((text) => text.trim().replace(/^@/, ''))
    .optional(),
)
const query = object(() => ({ by: handle(), on: handle(), kind: z.string().optional() }))
type Asked = z.infer<typeof query>

/** Searches the actions. Unknown handles and kinds have no results. */
async function search(c: Context<Env>, asked: Asked): Promise<Page<ActionRow>> {
  const { db } = c.var.app
  const personOf = async (handle: string | undefined) => (handle ? ((await lookUpUser(db, handle)) ?? null) : undefined)
  const [by, on] = [await personOf(asked.by), await personOf(asked.on)]
  const kind = asked.kind ? (ACTION_KINDS.find((each) => each === asked.kind) ?? null) : undefined
  const page = wanted(c)
  return by === null || on === null || kind === null
    ? { items: [], nextCursor: null }
    : listActions(db, { by, on, kind }, page)
}

export const adminActions = new Hono<Env>().get(
  '/',
  api('List what the staff and the command line have done, newest first. Nobody can change or delete an entry.', {
    lists: actionSchema,
    query: {
      by: 'Lists only what the person with this handle did.',
      on: 'Lists only what concerns the person with this handle.',
      kind: z.enum(ACTION_KINDS).optional().describe('Lists only actions of this kind.'),
    },
    errors: [401, 403],
  }),
  async (c) => {
    staff(c, 'admin')
    const asked = query.parse(c.req.query())
    const page = await search(c, asked)
    const next = nextLink(c, page)
    const actions = page.items.map(actionJson)
    return reply(c, {
      json: () => ({ ...page, items: actions }),
      part: () => <AdminActionsPart actions={actions} next={next} />,
      page: () => <AdminActionsPage asked={asked} actions={actions} next={next} />,
    })
  },
)
