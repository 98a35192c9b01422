import { expect, test } from 'bun:test'
import { problem } from '../../test/harness'
import { type PushApp, pushAppForEachTest } from '../../test/push-app'

let t: PushApp
let ann: PushApp['ann']
let bob: PushApp['bob']

pushAppForEachTest((app) => {
  t = app
  ;({ ann, bob } = app)
})

test('signing out ends the pushes of that device only', async () => {
  await t.follow(bob, ann)
  const { device, id } = await t.subscribe(bob)
  const phone = { ...bob, ...(await t.user('bob2')) }
  const there = await t.subscribe(phone)
  await t.api(bob, 'DELETE /sessions/current')
  await t.post(ann)
  await t.runJobs()
  expect(device.asked).toBe(0)
  expect(await t.devicesOf(phone)).toMatchObject([{ id: there.id }])
  using other = t.openDatabase()
  expect(other.query('select id from push_subscriptions where id = ?').all(id)).toEqual([])
})

test('a new password ends the pushes of all devices that it signs out, also those that already wait', async () => {
  const password = 'a long enough password'
  const eve = await t.user('eve', { password })
  const signIn = async (as: string) => {
    const { body } = await t.api(null, 'POST /sessions', { handle: 'eve', password: as })
    return { ...eve, token: body.token as string }
  }
  const [here, there] = [await signIn(password), await signIn(password)]
  const [kept, lost] = [await t.subscribe(here), await t.subscribe(there)]
  await t.follow(eve, ann)
  await t.post(ann)
  await t.deliverOnly()
  const next = 'another long password'
  expect((await t.api(here, 'PUT /users/account/password', { current: password, password: next })).status).toBe(204)
  await t.runJobs()
  expect([kept.device.asked, lost.device.asked]).toEqual([1, 0])
  expect(await t.devicesOf(here)).toMatchObject([{ id: kept.id }])

  const { url } = (await t.api(await t.user('boss', { role: 'admin' }), 'POST /admin/users/eve/resets', {})).body
  const token = new URL(url).searchParams.get('token')
  expect((await t.api(null, 'POST /users/resets', { token, password })).status).toBeWithin(200, 300)
  await t.post(ann)
  await t.runJobs()
  expect([kept.device.asked, lost.device.asked]).toEqual([1, 0])
  using other = t.openDatabase()
  expect(other.query('select id from push_subscriptions').all()).toEqual([])
})

test('an endpoint moves to the next person on the device, without the pushes of the previous one', async () => {
  await t.follow(bob, ann)
  const { device, status, location, id, body } = await t.subscribe(bob, undefined, { name: 'Kitchen' })
  expect([status, location, body.name]).toEqual([201, `/api/push/subscriptions/${id}`, 'Kitchen'])
  expect(await t.subscribe(bob, device)).toMatchObject({ status: 200, id, body: { name: 'Kitchen' } })
  await t.post(ann)
  await t.deliverOnly()
  const eve = await t.user('eve')
  const moved = await t.subscribe(eve, device)
  expect([moved.status, moved.id === id]).toEqual([201, false])
  await t.runJobs()
  expect(device.got).toEqual([])
  expect([await t.devicesOf(bob), (await t.devicesOf(eve)).length]).toEqual([[], 1])
})

test('a browser that subscribes again replaces its old subscription and keeps its name', async () => {
  const { device, id } = await t.subscribe(bob, undefined, { name: 'Phone' })
  const again = await t.subscribe(bob, undefined, { replaces: device.endpoint })
  expect(await t.devicesOf(bob)).toMatchObject([{ id: again.id, name: 'Phone' }])
  expect(again.id).not.toBe(id)
})

test('devices are private, have names and are limited in number', async () => {
  const { id, body } = await t.subscribe(bob)
  expect(body).not.toHaveProperty('keys')
  const eve = await t.user('eve')
  expect(await t.api(eve, `GET /push/subscriptions/${id}`)).toEqual(problem(404, 'not_found'))
  expect(await t.api(eve, `PATCH /push/subscriptions/${id}`, { name: 'x' })).toEqual(problem(404, 'not_found'))
  expect((await t.api(eve, `DELETE /push/subscriptions/${id}`)).status).toBe(204)
  expect((await t.api(bob, `PATCH /push/subscriptions/${id}`, { name: 'My phone' })).body.name).toBe('My phone')
  for (let n = 1; n < 20; n++) expect((await t.subscribe(bob)).status).toBe(201)
  const { endpoint, keys } = await t.service.device(t.key)
  expect(await t.api(bob, 'POST /push/subscriptions', { endpoint, keys })).toEqual(problem(409, 'too_many_devices'))
  expect((await t.api(bob, `DELETE /push/subscriptions/${id}`)).status).toBe(204)
  expect((await t.subscribe(bob)).status).toBe(201)
  for (const call of ['GET /push/key', 'GET /push/subscriptions', 'POST /push/test', 'POST /push/subscriptions'])
    expect(await t.api(null, call)).toEqual(problem(401, 'unauthenticated'))
})

test('invalid keys are refused', async () => {
  const { endpoint, keys } = await t.service.device(t.key)
  const offCurve = Buffer.alloc(65, 1)
  offCurve[0] = 4
  const wrong = [
    { ...keys, p256dh: offCurve.toString('base64url') },
    { ...keys, p256dh: keys.p256dh.slice(0, 80) },
    { ...keys, p256dh: '' },
    { ...keys, auth: keys.auth.slice(0, 20) },
    { ...keys, auth: Buffer.alloc(17).toString('base64url') },
    { ...keys, auth: 'no/base64url+++++++++++' },
  ]
  for (const bad of wrong)
    expect(await t.api(bob, 'POST /push/subscriptions', { endpoint, keys: bad })).toEqual(problem(422, 'invalid'))
  for (const bad of ['', 'not an address', 'ftp://127.0.0.1/x', 'javascript:alert(1)', 'http://a:b@127.0.0.1/'])
    expect(await t.api(bob, 'POST /push/subscriptions', { endpoint: bad, keys })).toEqual(problem(422, 'invalid'))
  expect(
    (await t.api(bob, 'POST /push/subscriptions', { endpoint, keys: { ...keys, p256dh: `${keys.p256dh}=` } })).status,
  ).toBe(201)
})

test('deleting an account deletes its devices', async () => {
  const [eve] = [await t.user('eve', { password: 'a long enough password' })]
  await t.subscribe(eve)
  expect(
    (await t.api(eve, 'DELETE /users/account', { password: 'a long enough password', immediately: true })).status,
  ).toBe(204)
  await t.runJobs()
  using other = t.openDatabase()
  expect(other.query('select id from push_subscriptions').all()).toEqual([])
})

test('a device that subscribed with another key gets no pushes, since its service would refuse them', async () => {
  const { id, device } = await t.subscribe(bob)
  using other = t.openDatabase()
  other.run(`update push_subscriptions set public_key = 'another'`)
  await t.api(bob, 'POST /push/test', {})
  await t.runJobs()
  expect(device.asked).toBe(0)
  expect(await t.logOf(bob, id)).toMatchObject([{ outcome: 'dropped', detail: 'other key' }])
})

test('unused services are deleted, however many endpoints a person registers', async () => {
  const { keys } = await t.service.device(t.key)
  for (let n = 0; n < 10; n++) {
    const endpoint = `http://127.0.0.1:${20000 + n}/device`
    const replaces = n ? { replaces: `http://127.0.0.1:${20000 + n - 1}/device` } : {}
    expect((await t.api(bob, 'POST /push/subscriptions', { endpoint, keys, ...replaces })).status).toBe(201)
  }
  using other = t.openDatabase()
  expect(other.query('select origin from push_origins').all()).toEqual([{ origin: 'http://127.0.0.1:20009' }])
})
