import { expect, test } from 'bun:test'
import { mailApp, PASSWORD as password } from '../../test/mail-app'
import { pushService } from '../../test/push-service'

const PHONE = 'Mozilla/5.0 (Linux; Android 16) Chrome/150.0 Mobile Safari/537.36'

test('a sign-in on a new device is told by mail and push, and one on a known device is not', async () => {
  await using t = await mailApp({ env: { PINHOLE_PUSH_ALLOW_PRIVATE: '1' } })
  await using service = pushService()
  const ann = await t.reachable('ann')
  const phone = await service.device((await t.api(ann, 'GET /push/key')).body.publicKey)
  await t.api(ann, 'POST /push/subscriptions', { endpoint: phone.endpoint, keys: phone.keys })
  const told = async () => {
    await t.runJobs()
    const mails = t.smtp.mails.splice(0).map(({ headers, text }) => `${headers.subject}: ${text}`)
    const pushes = phone.got.splice(0).map(({ payload }) => payload)
    return { mails, pushes }
  }
  const nothing = { mails: [], pushes: [] }
  const script = (agent: string) =>
    t.request('/api/sessions', { method: 'POST', json: { handle: 'ann', password }, headers: { 'user-agent': agent } })
  const browser = (cookie: string) =>
    t.request('/sessions', {
      method: 'POST',
      form: { handle: 'ann', password },
      headers: { 'user-agent': PHONE, 'sec-fetch-site': 'same-origin', cookie },
    })

  const first = await browser('')
  const { mails, pushes } = await told()
  expect(mails).toEqual([expect.stringContaining('Chrome · Android')])
  expect(mails[0]).toStartWith('A new device signed in to your account')
  expect(pushes).toMatchObject([{ title: 'A new device signed in to your account.', url: '/sessions' }])
  expect((await t.api(ann, 'GET /notifications')).body.items).toEqual([])

  const kept = first.headers.getSetCookie().find((cookie) => cookie.startsWith('device-'))!
  expect(kept).toMatch(/; Path=\/sessions; HttpOnly; SameSite=Lax$/)
  await browser(kept.split(';')[0]!)
  expect(await told()).toEqual(nothing)
  const bob = await t.reachable('bob')
  await browser(kept.split(';')[0]!.replace(`device-${ann.id}`, `device-${bob.id}`))
  await browser(`device-${ann.id}=forged`)
  expect((await told()).mails).toHaveLength(2)

  await script('backup-script/1.0')
  expect((await told()).mails).toEqual([expect.stringContaining('backup-script/1.0')])
  await script('backup-script/1.0')
  expect(await told()).toEqual(nothing)
  expect(service.faults).toEqual([])
})

test('nobody hears of their first sign-in, and the other devices can be signed out at once, but not scripts', async () => {
  await using t = await mailApp({ env: { PINHOLE_REGISTRATION: 'open' } })
  await t.api(null, 'POST /users', { handle: 'mina', password, email: 'mina@example.org' })
  const enter = async (agent: string) => {
    const json = { handle: 'mina', password }
    const answer = await t.request('/api/sessions', { method: 'POST', json, headers: { 'user-agent': agent } })
    return { token: (await answer.json()).token as string }
  }
  const first = await enter(PHONE)
  await t.runJobs()
  await t.confirm('mina@example.org')
  t.smtp.mails.length = 0
  const second = await enter(PHONE)
  await t.runJobs()
  expect(t.smtp.mails).toEqual([])
  const script = (await t.api(second, 'POST /tokens', { name: 'Mirror', scopes: ['read'], password })).body
  const { items } = (await t.api(first, 'GET /sessions')).body
  expect(items).toMatchObject(Array(2).fill({ device: 'Chrome · Android', passkey: false }))
  expect((await t.api(script, 'DELETE /sessions')).status).toBe(403)
  expect((await t.api(first, 'DELETE /sessions')).status).toBe(204)
  for (const [as, status] of [
    [first, 200],
    [second, 401],
    [script, 200],
  ] as const)
    expect((await t.api(as, 'GET /users/account')).status).toBe(status)
})
