import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { renameSchema, subscribeSchema, subscriptionSchema, testSchema } from '../../shapes/push'
import { DevicesPage, DevicesPart } from '../../views/push/list'
import type { Env } from '../context'
import { PER_VIEWER } from '../http/answer'
import { api } from '../http/api'
import { idParam, input } from '../http/input'
import { nextLink, wanted } from '../http/list'
import { localeOf } from '../http/locale'
import { reply, replyChanged, replyGone } from '../http/reply'
import { requireScope } from '../http/scopes'
import { viewer } from '../http/viewer'
import { deviceName } from './device'
import { subscriptionJson } from './json'
import { findSubscription, listSubscriptions, removeSubscription, renameSubscription, subscribe } from './model'
import { queueTest } from './queue'

const HERE = '/push/subscriptions'
/** A page that holds all devices of a person, since nobody has more. */
const ALL = { limit: 100, cursor: null }

async function devicesOf(c: Context<Env>, which = ALL as ReturnType<typeof wanted>) {
  const { db, now } = c.var.app
  const page = await listSubscriptions(db, viewer(c), which, now())
  return { ...page, items: page.items.map(subscriptionJson) }
}

const find = async (c: Context<Env>, id: number) =>
  subscriptionJson(await findSubscription(c.var.app.db, viewer(c), id, c.var.app.now()))

export const push = new Hono<Env>()
  .get(
    '/key',
    api('Get the public key that browsers subscribe with.', {
      answers: object(() => ({ publicKey: z.string() })),
      errors: [401],
    }),
    (c) => {
      viewer(c)
      c.header('cache-control', PER_VIEWER)
      return c.json({ publicKey: c.var.app.push.publicKey })
    },
  )
  .get(
    '/subscriptions',
    api('List your devices that get pushes.', { lists: subscriptionSchema, errors: [401] }),
    async (c) => {
      const page = await devicesOf(c, wanted(c))
      nextLink(c, page)
      const props = { devices: page.items, publicKey: c.var.app.push.publicKey }
      return reply(c, {
        json: () => page,
        part: () => <DevicesPart {...props} />,
        page: () => <DevicesPage {...props} />,
      })
    },
  )
  .post(
    '/subscriptions',
    api('Subscribe a device to pushes.', { body: subscribeSchema, made: subscriptionSchema, errors: [401, 409] }),
    async (c) => {
      const { now, push } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      requireScope(me.scopes, 'read') // since pushes tell what may be read
      const draft = await input(c, subscribeSchema)
      const terms = { ...push, name: deviceName(c.req.header('user-agent')), locale: localeOf(c), now: now() }
      const { id, made } = await write((tx) =>
        subscribe(tx, { id: me.id, sessionId: me.sessionId || null }, draft, terms),
      )
      const device = await find(c, id)
      return replyChanged(c, { json: () => device }, HERE, made ? { made: `${HERE}/${id}` } : {})
    },
  )
  .get(
    '/subscriptions/:id',
    api('Get one of your devices.', { answers: subscriptionSchema, errors: [401, 404] }),
    async (c) => {
      const device = await find(c, idParam(c))
      const props = { devices: [device], publicKey: c.var.app.push.publicKey }
      return reply(c, {
        json: () => device,
        part: () => <DevicesPart {...props} />,
        page: () => <DevicesPage {...props} />,
      })
    },
  )
  .patch(
    '/subscriptions/:id',
    api('Rename a device.', { body: renameSchema, answers: subscriptionSchema, errors: [401, 404] }),
    async (c) => {
      const me = viewer(c)
      const id = idParam(c)
      const { name } = await input(c, renameSchema)
      await c.var.write((tx) => renameSubscription(tx, me, id, name))
      const device = await find(c, id)
      const { items: devices } = await devicesOf(c)
      return replyChanged(c, { json: () => device, part: () => <DevicesPart devices={devices} /> }, HERE)
    },
  )
  .delete('/subscriptions/:id', api('Unsubscribe a device from pushes.', { errors: [401] }), async (c) => {
    const me = viewer(c)
    const id = idParam(c)
    await c.var.write((tx) => removeSubscription(tx, me, id))
    const { items: devices } = await devicesOf(c)
    return replyGone(c, HERE, { part: () => <DevicesPart devices={devices} /> })
  })
  .post(
    '/test',
    api('Send a test push to your devices. Their `deliveries` show the result.', {
      body: testSchema,
      answers: object(() => ({ items: z.array(subscriptionSchema) })),
      errors: [401],
    }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      const { subscriptionId } = await input(c, testSchema)
      await write((tx) => queueTest(tx, me.id, subscriptionId, now()))
      const { items: devices } = await devicesOf(c)
      return replyChanged(c, { json: () => ({ items: devices }), part: () => <DevicesPart devices={devices} /> }, HERE)
    },
  )
