import { type Context, Hono } from 'hono'
import { hookDeliverySchema, hookDraftSchema, hookPatchSchema, hookSchema, newHookSchema } from '../../shapes/hooks'
import { DeliveriesPart, HookPage } from '../../views/hooks/hook'
import { HookForm, HooksPage, HooksPart, NewHookPage } from '../../views/hooks/list'
import type { Env } from '../context'
import { api } from '../http/api'
import { idParam, input } from '../http/input'
import { nextLink, wanted, wantedOfTime } from '../http/list'
import { reply, replyChanged, replyGone, replySecret } from '../http/reply'
import { requireScope } from '../http/scopes'
import { viewer } from '../http/viewer'
import { hookDeliveryJson, hookJson } from './json'
import { changeHook, createHook, findHook, listDeliveries, listHooks, removeHook, sendAgain, type Terms } from './model'

const termsOf = ({ app }: Context<Env>['var']): Terms => ({
  key: app.hookTools.key,
  allowPrivate: app.push.allowPrivate,
  now: app.now(),
})

async function deliveriesPage(c: Context<Env>, hookId: number) {
  const page = await listDeliveries(c.var.app.db, hookId, wantedOfTime(c))
  const next =
    nextLink(c, page)?.replace(/^(\/api)?\/hooks\/\d+(\/deliveries)?\?/, `/hooks/${hookId}/deliveries?`) ?? null
  return { page, next, items: page.items.map(hookDeliveryJson) }
}

export const hooks = new Hono<Env>()
  .get('/', api('List your webhooks.', { lists: hookSchema, errors: [401] }), async (c) => {
    const me = viewer(c)
    const page = await listHooks(c.var.app.db, me, wanted(c))
    const next = nextLink(c, page)
    const items = page.items.map(hookJson)
    return reply(c, {
      json: () => ({ ...page, items }),
      part: () => <HooksPart hooks={items} next={next} />,
      page: () => <HooksPage hooks={items} next={next} role={me.role} />,
    })
  })
  .post(
    '/',
    api('Add a webhook: an address that is told what happens, signed by Standard Webhooks. The secret is shown once.', {
      body: hookDraftSchema,
      made: newHookSchema,
      errors: [401, 403, 409],
    }),
    async (c) => {
      const me = viewer(c)
      requireScope(me.scopes, 'read') // since a hook tells what may be read
      const draft = await input(c, hookDraftSchema, (form) => <HookForm {...form} role={me.role} />)
      const { hook, secret } = await c.var.write((tx) => createHook(tx, me, draft, termsOf(c.var)))
      c.header('location', `${c.var.format === 'json' ? '/api' : ''}/hooks/${hook.id}`)
      return replySecret(
        c,
        {
          json: () => ({ ...hookJson(hook), secret }),
          page: () => <NewHookPage hook={hookJson(hook)} secret={secret} />,
        },
        201,
      )
    },
  )
  .get('/:id', api('Get one of your webhooks.', { answers: hookSchema, errors: [401, 404] }), async (c) => {
    const hook = hookJson(await findHook(c.var.app.db, viewer(c), idParam(c)))
    if (c.var.format === 'json') return reply(c, { json: () => hook, page: () => <></> })
    const { items, next } = await deliveriesPage(c, hook.id)
    return reply(c, { json: () => hook, page: () => <HookPage hook={hook} deliveries={items} next={next} /> })
  })
  .patch(
    '/:id',
    api('Change a webhook, or turn it on again.', { body: hookPatchSchema, answers: hookSchema, errors: [401, 404] }),
    async (c) => {
      const me = viewer(c)
      const id = idParam(c)
      const patch = await input(c, hookPatchSchema)
      const hook = await c.var.write((tx) => changeHook(tx, me, id, patch, termsOf(c.var)))
      return replyChanged(c, { json: () => hookJson(hook) }, `/hooks/${id}`)
    },
  )
  .delete('/:id', api('Remove a webhook.', { errors: [401] }), async (c) => {
    const me = viewer(c)
    const id = idParam(c)
    await c.var.write((tx) => removeHook(tx, me, id))
    return replyGone(c, '/hooks', { leave: true })
  })
  .get(
    '/:id/deliveries',
    api('List what a webhook was told in the last week, newest first.', {
      lists: hookDeliverySchema,
      dated: true,
      errors: [401, 404],
    }),
    async (c) => {
      const hook = hookJson(await findHook(c.var.app.db, viewer(c), idParam(c)))
      const { page, items, next } = await deliveriesPage(c, hook.id)
      return reply(c, {
        json: () => ({ ...page, items }),
        part: () => <DeliveriesPart hookId={hook.id} deliveries={items} next={next} />,
        page: () => <HookPage hook={hook} deliveries={items} next={next} />,
      })
    },
  )
  .post(
    '/:id/deliveries/:deliveryId/attempts',
    api('Send a delivery once more.', { answers: hookDeliverySchema, errors: [401, 404] }),
    async (c) => {
      const { now } = c.var.app
      const me = viewer(c)
      const id = idParam(c)
      const deliveryId = idParam(c, 'deliveryId')
      const delivery = await c.var.write((tx) => sendAgain(tx, me, id, deliveryId, now()))
      return replyChanged(c, { json: () => hookDeliveryJson(delivery) }, `/hooks/${id}`)
    },
  )
