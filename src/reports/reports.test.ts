import { expect, test } from 'bun:test'
import { type As, type Json, problem } from '../../test/harness'
import { ownServer } from '../../test/hook-app'
import { market } from '../../test/market'
import { happeningsAfter } from '../happenings/model'

/** Kim posts something that breaks the rules, Bob and Eve see it, and Mod and the boss are the staff. */
async function place(env: Record<string, string> = {}) {
  const m = await market(env)
  const [kim, mod] = [await m.user('kim'), await m.user('mod', { role: 'moderator' })]
  const post = await m.post(kim, { caption: 'spam', price: 10 })
  const report = (as: As, what: object, reason = 'Not nice.') => m.api(as, 'POST /reports', { ...what, reason })
  const desk = async (query = '') => (await m.api(mod, `GET /admin/reports${query}`)).body.items as Json[]
  const settle = (by: As, id: number, verdict: object) => m.api(by, `PATCH /admin/reports/${id}`, verdict)
  return { ...m, kim, mod, spam: post, report, desk, settle }
}

test('a post and a person are reported, and the staff are notified and see both reports', async () => {
  using m = await place()
  const sent = await m.report(m.bob, { postId: m.spam.id })
  expect([sent.status, sent.headers.get('location')]).toEqual([201, `/api/reports/${sent.body.id}`])
  expect(sent.body).toMatchObject({
    status: 'open',
    reason: 'Not nice.',
    postId: m.spam.id,
    commentId: null,
    userId: null,
  })
  expect((await m.report(m.eve, { handle: 'kim' }, 'Rude.')).body).toMatchObject({ postId: null, userId: m.kim.id })
  expect(await m.desk()).toMatchObject([
    { reason: 'Rude.', user: { handle: 'kim' }, reporter: { handle: 'eve' }, post: null, outcome: null },
    {
      reason: 'Not nice.',
      user: { handle: 'kim' },
      reporter: { handle: 'bob' },
      post: { id: m.spam.id, locked: true },
    },
  ])
  for (const staff of [m.mod, m.boss]) {
    const { items } = (await m.api(staff, 'GET /notifications')).body
    expect(items.map(({ kind, url }: Json) => [kind, url])).toEqual([['report', '/admin/reports']])
  }
  expect((await m.api(m.kim, 'GET /notifications')).body.items).toEqual([]) // The reported person is not notified.
})

test('whoever leaves the staff is told of no report any more, not even of earlier ones', async () => {
  using m = await place({ PINHOLE_PUSH_ALLOW_PRIVATE: '1' })
  using server = ownServer()
  await m.api(m.mod, 'POST /hooks', { url: server.url, events: ['report'] })
  await m.report(m.bob, { postId: m.spam.id })
  const told = async () => {
    const { items, unread } = (await m.api(m.mod, 'GET /notifications')).body
    const heard = await happeningsAfter(m.app.db, m.mod.id, 0)
    return [items.length, unread, heard.length]
  }
  expect(await told()).toEqual([1, 1, 1])
  await m.api(m.boss, 'PATCH /admin/users/mod', { role: 'member' })
  await m.runJobs()
  expect([await told(), server.messages]).toEqual([[0, 0, 0], []])
  await m.api(m.boss, 'PATCH /admin/users/mod', { role: 'moderator' })
  expect(await told()).toEqual([1, 1, 1])
})

test('reporting the same thing twice updates one report, and reopens it once settled', async () => {
  using m = await place()
  const first = await m.report(m.bob, { postId: m.spam.id })
  const second = await m.report(m.bob, { postId: m.spam.id }, 'Really not nice.')
  expect([second.status, second.body.id]).toEqual([200, first.body.id])
  expect((await m.desk()).map(({ reason }) => reason)).toEqual(['Really not nice.'])
  await m.settle(m.mod, first.body.id, { outcome: 'dismissed' })
  expect((await m.report(m.bob, { postId: m.spam.id }, 'Look again.')).body).toMatchObject({
    id: first.body.id,
    status: 'open',
  })
  const both = await Promise.all([1, 2].map(() => m.report(m.eve, { postId: m.spam.id })))
  expect(both.map(({ status }) => status).sort()).toEqual([200, 201])
})

test('you can report only what you may see, and nothing of your own', async () => {
  using m = await place()
  const secret = await m.post(m.kim, { visibility: 'followers' })
  expect(await m.report(m.bob, { postId: secret.id })).toEqual(problem(404, 'not_found'))
  expect(await m.report(m.bob, { postId: 4711 })).toEqual(problem(404, 'not_found'))
  expect(await m.report(m.bob, { handle: 'nobody' })).toEqual(problem(404, 'not_found'))
  for (const own of [{ postId: m.spam.id }, { handle: 'kim' }])
    expect(await m.report(m.kim, own)).toEqual(problem(409, 'own_account'))
  for (const wrong of [{}, { postId: m.spam.id, handle: 'kim' }])
    expect(await m.report(m.bob, wrong)).toEqual(problem(422, 'invalid'))
  for (const reason of ['', '  ', 'x'.repeat(501)])
    expect(await m.report(m.bob, { handle: 'kim' }, reason)).toEqual(problem(422, 'invalid'))
  expect(await m.api(null, 'POST /reports', { handle: 'kim', reason: 'x' })).toEqual(problem(401, 'unauthenticated'))
  await m.api(m.kim, 'PUT /blocks/bob') // A block does not protect them from being reported.
  expect((await m.report(m.bob, { handle: 'kim' })).status).toBe(201)
})

test('only its reporter and the staff see a report', async () => {
  using m = await place()
  const { id } = (await m.report(m.bob, { postId: m.spam.id })).body
  expect((await m.api(m.bob, `GET /reports/${id}`)).body).toMatchObject({ id, status: 'open' })
  for (const other of [m.eve, m.kim, m.mod])
    expect(await m.api(other, `GET /reports/${id}`)).toEqual(problem(404, 'not_found'))
  for (const member of [m.bob, m.kim]) {
    expect(await m.api(member, 'GET /admin/reports')).toEqual(problem(403, 'forbidden'))
    expect(await m.settle(member, id, { outcome: 'dismissed' })).toEqual(problem(403, 'forbidden'))
  }
})

test('dismissing a report settles all reports of the same thing, and no others', async () => {
  using m = await place()
  const { id } = (await m.report(m.bob, { postId: m.spam.id })).body
  await m.report(m.eve, { postId: m.spam.id })
  await m.report(m.eve, { handle: 'kim' })
  expect((await m.settle(m.mod, id, { outcome: 'dismissed' })).body).toMatchObject({
    outcome: 'dismissed',
    settledBy: { handle: 'mod' },
  })
  expect((await m.desk()).map(({ userId }) => userId)).toEqual([m.kim.id])
  expect((await m.desk('?status=settled')).length).toBe(2)
  expect(await m.settle(m.boss, id, { outcome: 'removed' })).toEqual(problem(409, 'settled'))
  expect((await m.api(m.bob, `GET /posts/${m.spam.id}`)).status).toBe(200)
  expect((await m.api(m.bob, `GET /reports/${id}`)).body.status).toBe('settled')
})

test('removing a post takes it from everyone and refunds buyers, once even with two moderators', async () => {
  using m = await place()
  await m.grant(m.eve, 10)
  await m.buy(m.eve, m.spam)
  const { id } = (await m.report(m.bob, { postId: m.spam.id })).body
  const both = await Promise.all([
    m.settle(m.mod, id, { outcome: 'removed' }),
    m.settle(m.boss, id, { outcome: 'removed' }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  await m.runJobs()
  expect([(await m.api(m.eve, `GET /library/${m.spam.id}`)).status, (await m.wallet(m.eve)).balance]).toEqual([404, 10])
  expect(await m.audit()).toEqual([])
})

test('removing a post from its page settles its reports', async () => {
  using m = await place()
  await m.report(m.bob, { postId: m.spam.id })
  await m.api(m.mod, `DELETE /admin/posts/${m.spam.id}`)
  expect([await m.desk(), (await m.desk('?status=settled'))[0]?.outcome]).toEqual([[], 'removed'])
})

test('suspending from the desk needs a reason and works like any suspension', async () => {
  using m = await place()
  const { id } = (await m.report(m.bob, { handle: 'kim' })).body
  expect(await m.settle(m.mod, id, { outcome: 'removed' })).toEqual(problem(409, 'not_removable'))
  expect(await m.settle(m.mod, id, { outcome: 'suspended' })).toEqual(problem(422, 'invalid'))
  expect((await m.desk()).length).toBe(1) // The report is still open.
  expect((await m.settle(m.mod, id, { outcome: 'suspended', note: 'Spam.' })).status).toBe(200)
  expect(await m.api(m.kim, 'GET /posts')).toEqual(problem(401, 'unauthenticated'))
  const about = (await m.report(m.bob, { handle: 'boss' })).body
  expect(await m.settle(m.mod, about.id, { outcome: 'suspended', note: 'x' })).toEqual(problem(404, 'not_found'))
  expect(await m.desk()).toEqual([]) // Reports about the staff are for administrators.
})

test('a reported comment is removed, and its text is erased', async () => {
  using m = await place()
  const comment = (await m.api(m.kim, `POST /posts/${m.spam.id}/comments`, { text: 'Buy this.' })).body
  const { id } = (await m.report(m.bob, { commentId: comment.id })).body
  expect(await m.desk()).toMatchObject([
    { commentId: comment.id, comment: { text: 'Buy this.' }, user: { handle: 'kim' }, post: null },
  ])
  expect(await m.report(m.kim, { commentId: comment.id })).toEqual(problem(409, 'own_account'))
  expect(await m.report(m.bob, { commentId: 4711 })).toEqual(problem(404, 'not_found'))
  expect((await m.settle(m.mod, id, { outcome: 'removed' })).body).toMatchObject({ comment: null, outcome: 'removed' })
  expect((await m.api(m.bob, `GET /posts/${m.spam.id}/comments`)).body.items).toEqual([])
})

test('the desk shows a moderator only what any member may see', async () => {
  using m = await place()
  await m.api(m.bob, 'PUT /follows/kim')
  const secret = await m.post(m.kim, { visibility: 'followers', caption: 'among us' })
  await m.report(m.bob, { postId: secret.id })
  expect(await m.desk()).toMatchObject([{ postId: secret.id, post: null, user: { handle: 'kim' } }])
  expect(await (await m.request('/admin/reports', { browser: m.mod })).text()).not.toContain('among us')
})

test('the report form, its mistakes, the confirmation and the desk work as pages', async () => {
  using m = await place()
  const form = await m.request(`/reports/new?postId=${m.spam.id}`, { browser: m.bob })
  expect(await form.text()).toContain(`name="postId" value="${m.spam.id}"`)
  expect((await m.request('/reports/new?postId=4711', { browser: m.bob })).status).toBe(404)
  const empty = await m.request('/reports', {
    method: 'POST',
    browser: m.bob,
    form: { postId: String(m.spam.id), reason: '' },
  })
  expect([empty.status, await empty.text()]).toEqual([422, expect.stringContaining(`value="${m.spam.id}"`)])
  const sent = await m.request('/reports', {
    method: 'POST',
    browser: m.bob,
    form: { postId: String(m.spam.id), reason: 'Not nice.' },
  })
  expect(sent.status).toBe(303)
  expect(await (await m.request(sent.headers.get('location')!, { browser: m.bob })).text()).toContain('Thank you.')
  const desk = await (await m.request('/admin/reports', { browser: m.mod })).text()
  for (const part of ['Not nice.', '@kim', '@bob', 'Dismiss']) expect(desk).toContain(part)
  const at = sent.headers.get('location')!.split('/').at(-1)
  const done = await m.request(`/admin/reports/${at}?_method=PATCH`, {
    method: 'POST',
    browser: m.mod,
    form: { outcome: 'dismissed' },
  })
  expect([done.status, done.headers.get('location')]).toEqual([303, '/admin/reports'])
  expect(await (await m.request('/admin/reports', { browser: m.mod })).text()).toContain('There are no open reports.')
})
