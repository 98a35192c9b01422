import { expect, test } from 'bun:test'
import { problem, testApp } from '../../test/harness'
import { enqueue } from '../jobs/queue'

async function withStaff(env = {}) {
  const t = await testApp(env)
  return {
    ...t,
    boss: await t.user('boss', { role: 'admin' }),
    mod: await t.user('mod', { role: 'moderator' }),
    ann: await t.user('ann'),
  }
}

test('only staff can open the staff pages, and only administrators some of them', async () => {
  using t = await withStaff()
  const status = async (as: typeof t.ann | null, path: string) => (await t.api(as, `GET /admin${path}`)).status
  for (const path of ['', '/users', '/jobs']) {
    expect([
      path,
      await status(null, path),
      await status(t.ann, path),
      await status(t.mod, path),
      await status(t.boss, path),
    ]).toEqual([path, 401, 403, 200, 200])
    for (const [as, expected] of [
      [t.ann, 403],
      [t.mod, 200],
    ] as const)
      expect((await t.request(`/admin${path}`, { browser: as })).status).toBe(expected)
  }
  expect([
    await status(null, '/settings'),
    await status(t.ann, '/settings'),
    await status(t.mod, '/settings'),
    await status(t.boss, '/settings'),
  ]).toEqual([401, 403, 403, 200])
  expect(await t.api(t.ann, 'GET /admin')).toEqual(problem(403, 'forbidden'))
})

test('administrators assign roles, which take effect immediately', async () => {
  using t = await withStaff()
  const give = (as: typeof t.ann, handle: string, role: string) => t.api(as, `PATCH /admin/users/${handle}`, { role })
  expect((await give(t.mod, 'mod', 'admin')).status).toBe(403)
  expect((await give(t.boss, 'ann', 'king')).status).toBe(422)
  expect((await give(t.boss, 'nobody', 'admin')).status).toBe(404)
  expect((await give(t.boss, 'ANN', 'moderator')).body).toMatchObject({ handle: 'ann', role: 'moderator' })
  expect((await t.api(t.ann, 'GET /admin')).status).toBe(200)
  await give(t.boss, 'ann', 'member')
  expect((await t.api(t.ann, 'GET /admin')).status).toBe(403)
})

test('the last administrator cannot resign', async () => {
  using t = await withStaff()
  const resign = (as: typeof t.boss, handle: string) => t.api(as, `PATCH /admin/users/${handle}`, { role: 'member' })
  expect(await resign(t.boss, 'boss')).toEqual(problem(409, 'last_admin'))
  await t.api(t.boss, 'PATCH /admin/users/mod', { role: 'admin' })
  const both = await Promise.all([resign(t.boss, 'boss'), resign(t.boss, 'mod')])
  expect(both.filter(({ status }) => status === 200).length).toBe(1)
})

test('the overview counts people, posts, bytes and failed jobs, and people are listed', async () => {
  using t = await withStaff()
  await t.post(t.ann)
  await t.runJobs()
  expect((await t.api(t.boss, 'GET /admin')).body).toEqual({
    users: 3,
    posts: 1,
    deadJobs: 0,
    openReports: 0,
    pendingTopups: 0,
    pendingPayouts: 0,
    storageBytes: 50,
    heldTexts: 0,
    waitingMembers: 0,
    diskFreeBytes: expect.any(Number),
    diskFullInDays: null,
    lastBackupAt: null,
  })
  const people = (await t.api(t.mod, 'GET /admin/users?limit=2')).body
  expect([people.items.map(({ handle }: { handle: string }) => handle), typeof people.nextCursor]).toEqual([
    ['ann', 'mod'],
    'string',
  ])
})

test('a failed job is listed with its error and can be retried', async () => {
  using t = await withStaff()
  await t.app.write((tx) => enqueue(tx, 'inbox.deliver', { postId: 1, after: 0 }, t.app.now()))
  using other = t.openDatabase()
  other.run(`update jobs set died_at = 1, error = 'no <luck>', attempts = 8`)
  const { items } = (await t.api(t.mod, 'GET /admin/jobs')).body
  expect(items).toMatchObject([
    { kind: 'inbox.deliver', status: 'dead', attempts: 8, error: 'no <luck>', payload: { postId: 1 } },
  ])
  const page = async (language: string) =>
    (await t.request('/admin/jobs', { browser: t.mod, headers: { 'accept-language': language } })).text()
  const english = await page('en')
  for (const text of ['no &lt;luck&gt;', '<strong>Deliver a post to inboxes</strong>', 'inbox.deliver {'])
    expect(english).toContain(text)
  expect(await page('ko')).toContain('<strong>게시물을 구독함에 넣기</strong>')
  expect((await t.api(t.ann, `POST /admin/jobs/${items[0].id}/attempts`)).status).toBe(403)
  expect((await t.api(t.mod, `POST /admin/jobs/${items[0].id}/attempts`)).body).toMatchObject({
    attempts: 0,
    diedAt: null,
  })
  await t.runJobs()
  expect((await t.api(t.mod, 'GET /admin/jobs')).body.items).toEqual([])
  expect((await t.api(t.mod, `POST /admin/jobs/${items[0].id}/attempts`)).status).toBe(404)
})

test('settings are validated and take effect immediately, and null restores the default', async () => {
  using t = await withStaff({ PINHOLE_QUOTA_MB: '50' })
  const set = (patch: object) => t.api(t.boss, 'PATCH /admin/settings', patch)
  expect((await t.api(t.boss, 'GET /admin/settings')).body).toMatchObject({
    siteName: 'Pinhole',
    access: 'members',
    quotaMb: 50,
    fixed: ['quotaMb'],
  })
  expect((await set({ access: 'public', siteName: 'Ours <3' })).status).toBe(200)
  const page = await t.request('/')
  expect([page.status, (await page.text()).includes('Ours &lt;3')]).toEqual([200, true])
  expect((await set({ access: null })).body.access).toBe('members')
  expect((await t.request('/')).status).toBe(303)
  expect(await set({ quotaMb: 1 })).toEqual(problem(409, 'setting_fixed'))
  for (const wrong of [
    { access: 'secret' },
    { nothing: 1 },
    { limits: { posts: 0 } },
    { accent: 'red' },
    { maxUploadMb: 0 },
  ])
    expect((await set(wrong)).status).toBe(422)
  const form = { siteName: 'By form', access: 'public', registration: 'open' }
  const saved = await t.request('/admin/settings?_method=PATCH', { method: 'POST', browser: t.boss, form })
  expect([saved.status, (await t.api(null, 'GET /posts')).status]).toEqual([303, 200])
})
