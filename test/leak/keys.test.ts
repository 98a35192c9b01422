import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { changeKeys } from '../../src/keys'
import { spreadSecrets } from '../../src/shared-keys'
import { type Json, TINY, testApp } from '../harness'
import { market } from '../market'
import { pinhole, servePinhole } from '../process'

const HOUR_MS = 3600_000

/** The same community before and after a restart with a new key. Both clocks show the same time. */
async function rotated({ keepFormer = true } = {}) {
  const before = await market()
  const post = await before.post(before.ann)
  const code = await before.voucher()
  const invite = await before.app.links.sign('invite', 1, new Date(+before.app.now() + 48 * HOUR_MS))
  const link = () =>
    before.app.mediaUrls.urlOf({ viewer: before.bob.id, file: post.files[0].id, asOf: 0 }, 'full/full.webp')
  changeKeys(before.dir, before.app.now(), { keepFormer })
  await spreadSecrets(before.app.config)
  const after = await testApp({}, before.dir)
  return {
    ...after,
    before,
    post,
    code,
    invite,
    link,
    pass(ms: number) {
      for (const each of [before, after]) each.pass(ms)
    },
    status: async (path: string, as = before.bob) => (await after.request(path, { as })).status,
    [Symbol.dispose]() {
      for (const each of [before, after]) each[Symbol.dispose]()
    },
  }
}

test('after a key change, earlier links and sessions are valid for another twelve hours', async () => {
  using t = await rotated()
  const { bob } = t.before
  const link = t.link()
  const answer = await t.request(link, { as: bob })
  expect([answer.status, await answer.text()]).toEqual([200, TINY])
  const page = await t.api(bob, `GET /posts/${t.post.id}`)
  const fresh = page.body.files[0].renditions.full.url
  expect([page.status, fresh === link, fresh.length, await t.status(fresh)]).toEqual([200, false, link.length, 200])
  expect(await t.app.links.read('invite', t.invite)).toBe(1)

  t.pass(12 * HOUR_MS - 1000)
  // Anyone who has the old key can still make such links.
  const late = t.link()
  expect([await t.status(late), await t.status('/api/posts')]).toEqual([200, 200])
  t.pass(61_000)
  expect([await t.status(late), await t.status('/api/posts'), await t.app.links.read('invite', t.invite)]).toEqual([
    403,
    401,
    undefined,
  ])
  const session = await t.app.sessionTokens.sign({
    ...bob,
    id: bob.sessionId,
    userId: bob.id,
    expiresAt: new Date(+t.app.now() + HOUR_MS),
  } as never)
  expect((await t.request('/api/posts', { as: { token: session } })).status).toBe(200)
})

test('after an immediate key change, nothing signed before is valid except vouchers', async () => {
  using t = await rotated({ keepFormer: false })
  const { bob } = t.before
  expect([await t.status(t.link()), await t.status('/api/posts'), await t.app.links.read('invite', t.invite)]).toEqual([
    403,
    401,
    undefined,
  ])
  const token = await t.app.sessionTokens.sign({
    id: bob.sessionId,
    userId: bob.id,
    expiresAt: new Date(+t.app.now() + HOUR_MS),
  } as never)
  expect((await t.request(t.link(), { as: { token } })).status).toBe(403)
  expect((await t.api({ token }, 'POST /coins/redemptions', { code: t.code })).body).toEqual({
    coins: 100,
    balance: 100,
  })
})

test('pinhole keys rotate works between two starts and refuses while the server runs', async () => {
  using m = await market()
  const secret = () => JSON.parse(readFileSync(join(m.dir, 'secrets.json'), 'utf8')) as Json
  const [run, first] = [(...args: string[]) => pinhole(['keys', 'rotate', '--data', m.dir, ...args]), secret()]
  const password = { handle: 'joe', password: 'a long password' }
  await pinhole(['users', 'create', 'joe', '--password-stdin', '--data', m.dir], { stdin: password.password })
  const signIn = async (address: string) => {
    const headers = { 'content-type': 'application/json' }
    return (
      await fetch(`${address}/api/sessions`, { method: 'POST', headers, body: JSON.stringify(password) })
    ).json() as Json
  }
  const status = async (address: string, token: string) =>
    (await fetch(`${address}/api/posts`, { headers: { authorization: `Bearer ${token}` } })).status

  let token: string
  {
    await using server = await servePinhole(m.dir)
    ;({ token } = await signIn(server.address))
    expect(await run()).toMatchObject({ status: 1, err: expect.stringContaining('is in use by process') })
    expect(secret()).toEqual(first)
    await server.stop()
  }
  const { out, status: ended } = await run('--json')
  expect([ended, Math.abs(Date.parse(JSON.parse(out).until) - Date.now() - 12 * HOUR_MS) < 60_000]).toEqual([0, true])
  expect(secret()).toEqual({
    secret: expect.any(String),
    vouchers: first.secret,
    push: first.push,
    former: [{ secret: first.secret, changedAt: expect.any(String) }],
  })
  {
    await using server = await servePinhole(m.dir)
    expect(await status(server.address, token)).toBe(200)
    await server.stop()
  }
  expect((await run('--at-once')).out).toBe('The key was replaced. Earlier sessions and links are no longer valid.\n')
  await using server = await servePinhole(m.dir)
  expect(await status(server.address, token)).toBe(401)
  expect(await pinhole(['keys', 'rotate', '--data', join(m.dir, 'media')])).toMatchObject({
    status: 1,
    err: expect.stringContaining('no community'),
  })
})
