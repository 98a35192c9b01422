import { expect, test } from 'bun:test'
import { type Somebody, testApp } from '../../test/harness'

const MB = 1024 ** 2

test('moderators and administrators have quotas of their own, which follow the role of the moment', async () => {
  using t = await testApp({ PINHOLE_QUOTA_MB: '1', PINHOLE_MIN_FREE_MB: '1' })
  const [boss, mod, ann] = [
    await t.user('boss', { role: 'admin' }),
    await t.user('mod', { role: 'moderator' }),
    await t.user('ann'),
  ]
  const limitOf = async (who: Somebody) => (await t.api(who, 'GET /users/account')).body.storage.limit
  const upload = async (who: Somebody, bytes: number) => {
    const body = new FormData()
    body.append('file', new File([Uint8Array.fromHex('ffd8ffe0'), new Uint8Array(bytes)], 'a.jpg'))
    const answer = await t.request('/api/files', { method: 'POST', as: who, body })
    return [answer.status, (await answer.json()).code]
  }
  expect(await Promise.all([boss, mod, ann].map(limitOf))).toEqual([MB, MB, MB])
  const set = (patch: object) => t.api(boss, 'PATCH /admin/settings', patch)
  expect((await set({ moderatorQuotaMb: 0 })).status).toBe(422)
  expect((await set({ moderatorQuotaMb: 3, adminQuotaMb: 5 })).status).toBe(200)
  expect(await Promise.all([boss, mod, ann].map(limitOf))).toEqual([5 * MB, 3 * MB, MB])
  expect(await (await t.request('/files', { browser: mod })).text()).toContain('of 3')

  expect(await upload(ann, 2 * MB)).toEqual([413, 'quota_exceeded'])
  expect((await upload(mod, 2 * MB))[0]).toBe(201)
  expect(await upload(mod, 2 * MB)).toEqual([413, 'quota_exceeded'])
  expect((await upload(boss, 4 * MB))[0]).toBe(201)
  await t.api(boss, 'PATCH /admin/users/mod', { role: 'member' })
  expect(await upload(mod, 1000)).toEqual([413, 'quota_exceeded'])
  await t.api(boss, 'PATCH /admin/users/ann', { role: 'moderator' })
  expect((await upload(ann, 2 * MB))[0]).toBe(201)
  await set({ adminQuotaMb: null })
  expect(await limitOf(boss)).toBe(MB)
})

test('administrators give single people a storage of their own, whatever their role has', async () => {
  using t = await testApp({ PINHOLE_QUOTA_MB: '1', PINHOLE_MIN_FREE_MB: '1' })
  const [boss, mod, ann] = [
    await t.user('boss', { role: 'admin' }),
    await t.user('mod', { role: 'moderator' }),
    await t.user('ann'),
  ]
  const limitOf = async (who: Somebody) => (await t.api(who, 'GET /users/account')).body.storage.limit
  const upload = async (bytes: number) => {
    const body = new FormData()
    body.append('file', new File([Uint8Array.fromHex('ffd8ffe0'), new Uint8Array(bytes)], 'a.jpg'))
    return (await t.request('/api/files', { method: 'POST', as: ann, body })).status
  }
  const give = (as: Somebody, quotaMb: number | null) => t.api(as, 'PATCH /admin/users/ann', { quotaMb })
  expect(await upload(2 * MB)).toBe(413)
  for (const as of [mod, ann]) expect((await give(as, 3)).status).toBe(403)
  expect((await give(boss, 0)).status).toBe(422)
  expect((await give(boss, 3)).body).toMatchObject({ quotaMb: 3, storage: { limit: 3 * MB } })
  expect([await limitOf(ann), await limitOf(mod)]).toEqual([3 * MB, MB])
  expect([await upload(2 * MB), await upload(2 * MB)]).toEqual([201, 413])
  expect((await t.api(boss, 'GET /admin/actions')).body.items[0]).toMatchObject({
    kind: 'quota_changed',
    on: 'ann',
    detail: { from: null, to: 3 },
  })
  await t.api(boss, 'PATCH /admin/users/ann', { role: 'moderator' })
  expect(await limitOf(ann)).toBe(3 * MB)
  const people = await (await t.request('/admin/users', { browser: boss })).text()
  expect(people).toMatch(/name="quotaMb"[^>]* value="3"/)
  const form = { quotaMb: '' }
  expect((await t.request('/admin/users/ann?_method=PATCH', { method: 'POST', browser: boss, form })).status).toBe(303)
  expect(await limitOf(ann)).toBe(MB)
})
