import { expect, test } from 'bun:test'
import { problem, testApp } from '../../test/harness'

async function withBoss() {
  const t = await testApp()
  const boss = await t.user('boss', { role: 'admin' })
  const write = (name: string, text: string, as: Parameters<typeof t.api>[0] = boss) =>
    t.api(as, `PUT /admin/pages/${name}`, { text })
  return Object.assign(t, { boss, write })
}

test('an administrator writes pages, which visitors of a closed community can read', async () => {
  using t = await withBoss()
  expect(await t.api(null, 'GET /pages/rules')).toEqual(problem(404, 'not_found'))
  const made = await t.write('rules', '# Be kind\r\n\r\n* Ask before you post *somebody else*.')
  expect([made.status, made.headers.get('location')]).toEqual([201, '/api/pages/rules'])
  const { body } = await t.api(null, 'GET /pages/rules')
  expect(body).toMatchObject({ name: 'rules', text: '# Be kind\n\n* Ask before you post *somebody else*.' })
  expect(body.html).toBe('<h2>Be kind</h2>\n<ul>\n<li>Ask before you post <em>somebody else</em>.</li>\n</ul>')
  expect((await t.write('rules', 'Be kind.')).status).toBe(200)
  const page = await (await t.request('/pages/rules')).text()
  expect(page).toContain('<p>Be kind.</p>')
  expect(await (await t.request('/sessions/new')).text()).toContain('href="/pages/rules"')
  expect((await t.api(t.boss, 'GET /admin/pages')).body).toEqual({ items: ['rules'] })
  expect((await t.api(t.boss, 'DELETE /admin/pages/rules')).status).toBe(204)
  expect((await t.api(t.boss, 'DELETE /admin/pages/rules')).status).toBe(204)
  expect(await t.api(null, 'GET /pages/rules')).toEqual(problem(404, 'not_found'))
  expect(await (await t.request('/sessions/new')).text()).not.toContain('href="/pages/rules"')
})

test('only administrators write pages, and only those that exist', async () => {
  using t = await withBoss()
  const [mod, ann] = [await t.user('mod', { role: 'moderator' }), await t.user('ann')]
  for (const as of [mod, ann]) expect(await t.write('rules', 'Mine.', as)).toEqual(problem(403, 'forbidden'))
  expect((await t.write('rules', 'Mine.', null)).status).toBe(401)
  for (const name of ['news', 'constructor', 'agreement']) {
    expect([name, await t.write(name, 'x')]).toEqual([name, problem(404, 'not_found')])
    expect([name, await t.api(null, `GET /pages/${name}`)]).toEqual([name, problem(404, 'not_found')])
  }
  expect(await t.write('rules', ' \n ')).toEqual(problem(422, 'invalid'))
  expect(await t.write('rules', 'x'.repeat(100_001))).toEqual(problem(422, 'invalid'))
})

test('what the host writes cannot run or lead to scripts', async () => {
  using t = await withBoss()
  await t.write('terms', '<script>alert(1)</script>\n\n[a](javascript:alert(1)) <https://example.org> **&lt;b&gt;**')
  const page = await (await t.request('/pages/terms')).text()
  expect(page).not.toContain('<script>alert')
  expect(page).not.toContain('javascript:alert')
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(page).toContain('<a href="https://example.org">')
  expect(page).toContain('<strong>&lt;b&gt;</strong>')
})

test('who signs up agrees to the rules, terms and privacy statement where there are any', async () => {
  using t = await withBoss()
  await t.api(t.boss, 'PATCH /admin/settings', { registration: 'open' })
  const signUp = (handle: string, more = {}) =>
    t.api(null, 'POST /users', { handle, password: 'a long password', ...more })
  await t.write('imprint', 'We are us.')
  expect((await signUp('early')).status).toBe(201)
  await t.write('privacy', 'We keep little.')
  const refused = await signUp('ann')
  expect(refused).toEqual(problem(422, 'invalid', { errors: [expect.objectContaining({ path: 'agree' })] }))
  expect(await signUp('ann', { agree: false })).toEqual(problem(422, 'invalid'))
  expect((await signUp('ann', { agree: true })).status).toBe(201)
  const form = await (await t.request('/users/new')).text()
  expect(form).toContain('name="agree"')
  const again = await t.request('/users', { method: 'POST', form: { handle: 'bob', password: 'a long password' } })
  expect([again.status, await again.text()]).toEqual([422, expect.stringContaining('Please read and agree to')])
})

test('members are asked once more after a change, until they agree', async () => {
  using t = await withBoss()
  const ann = await t.user('ann')
  const isAsked = async (browser: typeof ann) =>
    (await (await t.request('/posts', { browser })).text()).includes('action="/pages/agreement')
  expect(await isAsked(ann)).toBe(false)
  t.pass(1000)
  await t.write('rules', 'Be kind.')
  expect([await isAsked(ann), await isAsked(t.boss)]).toEqual([true, false])
  expect((await t.api(ann, 'PUT /pages/agreement')).status).toBe(204)
  expect(await isAsked(ann)).toBe(false)
  t.pass(1000)
  await t.write('contact', 'Write to us.')
  expect(await isAsked(ann)).toBe(false)
  await t.write('terms', 'Be very kind.')
  expect(await isAsked(ann)).toBe(true)
  const agreed = await t.request('/pages/agreement?_method=PUT', { browser: ann, method: 'POST', form: {} })
  expect([agreed.status, await isAsked(ann)]).toEqual([303, false])
  expect((await t.api(null, 'PUT /pages/agreement')).status).toBe(401)
})

test('the details of a business stand at the foot of every page, as they were written', async () => {
  using t = await withBoss()
  expect((await t.api(t.boss, 'PATCH /admin/settings', { business: 'Gallery & Sons\r\n123-45-67890' })).status).toBe(
    200,
  )
  for (const path of ['/sessions/new', '/offline'])
    expect(await (await t.request(path)).text()).toContain('>Gallery &amp; Sons\n123-45-67890</p>')
  expect(await t.api(t.boss, 'PATCH /admin/settings', { business: 'x'.repeat(1001) })).toEqual(problem(422, 'invalid'))
})

test('security.txt says where to report problems once the staff have set it', async () => {
  using t = await withBoss()
  const get = () => t.request('/.well-known/security.txt')
  expect((await get()).status).toBe(404)
  const set = (securityContact: unknown) => t.api(t.boss, 'PATCH /admin/settings', { securityContact })
  for (const wrong of ['me', 'http://example.org', 'mailto:a b', 'https://x\nEvil: 1'])
    expect([wrong, await set(wrong)]).toEqual([wrong, problem(422, 'invalid')])
  expect((await set('mailto:security@example.org')).status).toBe(200)
  const answer = await get()
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; ?charset=utf-8/i)
  const lines = (await answer.text()).trim().split('\n')
  expect(lines[0]).toBe('Contact: mailto:security@example.org')
  const expires = Date.parse(lines[1]!.replace('Expires: ', ''))
  expect(expires).toBeGreaterThan(+t.app.now())
  expect(expires).toBeLessThan(+t.app.now() + 365 * 24 * 3600_000)
})
