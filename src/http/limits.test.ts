import { expect, test } from 'bun:test'
import { type TestApp, testApp } from '../../test/harness'

const password = 'a long password'
const limited = { PINHOLE_REGISTRATION: 'open' }

async function withLimits(limits: object, env: Record<string, string> = limited) {
  const t = await testApp(env)
  const boss = await t.user('boss', { role: 'admin' })
  await t.api(boss, 'PATCH /admin/settings', { limits })
  return { ...t, boss }
}

const signIn = (t: Pick<TestApp, 'request'>, handle: string, word: string, from = '192.0.2.1', headers = {}) =>
  t.request('/api/sessions', { method: 'POST', json: { handle, password: word }, from, headers })

test('failed sign-ins are limited by handle and by address; successful ones are not counted', async () => {
  using t = await withLimits({ signInsOfHandle: 3, signInsOfAddress: 5 })
  await t.user('ann', { password })
  for (let i = 0; i < 10; i++) expect((await signIn(t, 'ann', password)).status).toBe(201)
  for (let i = 0; i < 3; i++) expect((await signIn(t, i ? 'ANN' : 'ann', 'wrong')).status).toBe(401)
  // the correct password from another address is refused as well
  const refused = await signIn(t, 'ann', password, '192.0.2.2')
  const after = Number(refused.headers.get('retry-after'))
  expect([refused.status, (await refused.json()).code, after > 0 && after <= 15 * 60]).toEqual([
    429,
    'rate_limited',
    true,
  ])
  for (const handle of ['bob', 'cat']) expect((await signIn(t, handle, 'wrong')).status).toBe(401)
  expect([(await signIn(t, 'dan', 'wrong')).status, (await signIn(t, 'dan', 'wrong', '192.0.2.3')).status]).toEqual([
    429, 401,
  ])
})

test('the address is that of the connection, and forwarding headers of a visitor are ignored', async () => {
  using t = await withLimits({ signInsOfAddress: 2 })
  const claim = (i: number) => signIn(t, `nobody${i}`, 'wrong', '192.0.2.1', { 'x-forwarded-for': `198.51.100.${i}` })
  expect([(await claim(1)).status, (await claim(2)).status, (await claim(3)).status]).toEqual([401, 401, 429])
  using proxied = await withLimits({ signInsOfAddress: 2 }, { ...limited, PINHOLE_TRUST_PROXY: '192.0.2.1' })
  const via = (i: number, list: string) =>
    signIn(proxied, `nobody${i}`, 'wrong', '192.0.2.1', { 'x-forwarded-for': list })
  expect([(await via(1, '198.51.100.1')).status, (await via(2, '10.9.9.9, 198.51.100.1')).status]).toEqual([401, 401])
  expect([(await via(3, '198.51.100.7, 198.51.100.1')).status, (await via(4, '198.51.100.2')).status]).toEqual([
    429, 401,
  ])
})

test('sign-ups, posts, uploads and other changes are limited separately', async () => {
  using t = await withLimits({ signUps: 2, posts: 2, uploads: 2, changes: 4 })
  const join = async (handle: string, from?: string) =>
    (await t.request('/api/users', { method: 'POST', json: { handle, password }, ...(from && { from }) })).status
  expect([await join('one'), await join('two'), await join('three'), await join('three', '192.0.2.9')]).toEqual([
    201, 201, 429, 201,
  ])
  const ann = await t.user('ann')
  const upload = async () => {
    const headers = { 'tus-resumable': '1.0.0', 'upload-length': '10' }
    return (await t.request('/api/uploads', { method: 'POST', as: ann, headers })).status
  }
  expect([await upload(), await upload(), await upload()]).toEqual([201, 201, 429])
  const change = async () => (await t.api(ann, 'PATCH /users/account', { bio: 'x' })).status
  expect([await change(), await change(), await change(), await change(), await change()]).toEqual([
    200, 200, 200, 200, 429,
  ])
  const bob = await t.user('bob')
  const fileIds = async () => [await t.photo(bob)]
  const publish = async () => (await t.api(bob, 'POST /posts', { fileIds: await fileIds() })).status
  expect([await publish(), await publish(), await publish()]).toEqual([201, 201, 429])
  for (let i = 0; i < 20; i++) expect((await t.api(bob, 'GET /posts')).status).toBe(200) // reading is not limited
})

test('reading is limited for visitors; members and media are not counted', async () => {
  using t = await withLimits({ anonymousReads: 3 }, { PINHOLE_ACCESS: 'public' })
  const { files } = await t.post(t.boss)
  const statuses = []
  for (let i = 0; i < 4; i++) statuses.push((await t.request('/posts')).status)
  expect(statuses).toEqual([200, 200, 200, 429])
  expect((await t.request(files[0].renditions.feed.url)).status).toBe(200)
  expect((await t.request('/posts', { browser: t.boss })).status).toBe(200)
  expect((await t.request('/posts', { from: '192.0.2.2' })).status).toBe(200)
})

test('the form says to wait, in the page it was sent from; limits can be turned off for trials', async () => {
  using t = await withLimits({ signInsOfHandle: 1 })
  await signIn(t, 'ann', 'wrong')
  const page = await t.request('/sessions', { method: 'POST', form: { handle: 'ann', password: 'wrong' } })
  const text = await page.text()
  expect([
    page.status,
    Number(page.headers.get('retry-after')) > 0,
    text.includes('value="ann"'),
    text.includes('min'),
  ]).toEqual([429, true, true, true])
  using off = await withLimits({ signInsOfHandle: 1 }, { PINHOLE_RATE_LIMITS: 'off' })
  for (let i = 0; i < 5; i++) expect((await signIn(off, 'ann', 'wrong')).status).toBe(401)
})
