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
