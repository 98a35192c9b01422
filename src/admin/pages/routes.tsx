import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../../shapes/object'
import { PAGE_NAMES, type PageName, pageSchema, pageTextField } from '../../../shapes/pages'
import { EditPage, PageForm, PagesPage } from '../../../views/admin/pages'
import { record } from '../../actions/record'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { input } from '../../http/input'
import { reply, replyChanged, replyGone } from '../../http/reply'
import { staff } from '../../http/viewer'
import { pageJson } from '../../pages/json'
import { deletePage, findPage, writePage } from '../../pages/model'
import { Problem } from '../../problem'
import { agree } from '../../users/agreement'

const draft = object(() => ({ text: pageTextField() }))
const written = object(() => ({ items: z.array(z.enum(PAGE_NAMES)) }))

function nameParam(c: Context<Env>): PageName {
  const name = PAGE_NAMES.find((each) => each === c.req.param('name'))
  if (!name) throw new Problem('not_found', 'There is nothing at this address.')
  return name
}

const params = { name: z.enum(PAGE_NAMES) }

export const adminPages = new Hono<Env>()
  .get('/', api('List the pages that are written.', { answers: written, errors: [401, 403] }), (c) => {
    staff(c, 'admin')
    const { names } = c.var.app.pages()
    return reply(c, { json: () => ({ items: names }), page: () => <PagesPage written={names} /> })
  })
  .get('/:name', api('Get a page.', { params, answers: pageSchema, errors: [401, 403, 404] }), async (c) => {
    staff(c, 'admin')
    const name = nameParam(c)
    const isNew = !c.var.app.pages().names.includes(name)
    if (isNew && c.var.format !== 'json') return reply(c, { json: () => ({}), page: () => <EditPage name={name} /> })
    const page = await pageJson(await findPage(c.var.app.db, name))
    return reply(c, { json: () => page, page: () => <EditPage name={name} page={page} /> })
  })
  .put(
    '/:name',
    api('Write a page in Markdown.', {
      params,
      body: draft,
      answers: pageSchema,
      made: pageSchema,
      errors: [401, 403, 404],
    }),
    async (c) => {
      const { now, pages } = c.var.app
      const { write } = c.var
      const me = staff(c, 'admin')
      const name = nameParam(c)
      const { text } = await input(c, draft, (form) => <PageForm name={name} {...form} />)
      const isNew = !pages().names.includes(name)
      const page = await pageJson(
        await write(async (tx) => {
          await agree(tx, me.id, now()) // who writes the rules is not asked to agree to them
          await record(tx, { kind: 'page_written', by: me, detail: { page: name } }, now())
          return writePage(tx, name, text, now())
        }),
      )
      const part = () => <PageForm name={name} page={page} />
      return replyChanged(c, { json: () => page, part }, `/admin/pages/${name}`, { made: isNew && `/pages/${name}` })
    },
  )
  .delete('/:name', api('Delete a page.', { params, errors: [401, 403, 404] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const me = staff(c, 'admin')
    const name = nameParam(c)
    await write(async (tx) => {
      if (await deletePage(tx, name)) await record(tx, { kind: 'page_deleted', by: me, detail: { page: name } }, now())
    })
    return replyGone(c, '/admin/pages', { leave: true })
  })
