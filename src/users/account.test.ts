import { expect, test } from 'bun:test'
import { problem, testApp } from '../../test/harness'

async function withAnn() {
  const t = await testApp()
  const ann = await t.user('ann', { password: 'a long password' })
  return { ...t, ann, me: async () => (await t.api(ann, 'GET /users/account')).body }
}

const whole = {
  displayName: 'Ann',
  bio: 'Hi',
  links: ['https://ann.example.org/'],
  email: 'ann@example.org',
  locale: 'ko',
}

test('an account shows private fields that its profile does not', async () => {
  using t = await withAnn()
  expect(await t.me()).toMatchObject({
    handle: 'ann',
    email: null,
    role: 'member',
    locale: null,
    storage: { used: 0, limit: 10_240 * 1024 ** 2 },
  })
  const seen = (await t.api(await t.user('bob'), 'GET /users/ANN')).body
  expect(seen).toMatchObject({ handle: 'ann', viewer: { self: false, following: false } })
  for (const secret of ['email', 'role', 'locale', 'storage', 'passwordHash']) expect(secret in seen).toBe(false)
  expect([(await t.api(null, 'GET /users/account')).status, (await t.api(t.ann, 'GET /users/nobody')).status]).toEqual([
    401, 404,
  ])
})

test('PATCH changes the given fields, and PUT also resets omitted ones', async () => {
  using t = await withAnn()
  expect((await t.api(t.ann, 'PATCH /users/account', whole)).body).toMatchObject(whole)
  expect((await t.api(t.ann, 'PATCH /users/account', { bio: ' New ' })).body).toMatchObject({ ...whole, bio: 'New' })
  expect((await t.api(t.ann, 'PATCH /users/account', { email: null })).body).toMatchObject({
    ...whole,
    bio: 'New',
    email: null,
  })
  expect((await t.api(t.ann, 'PUT /users/account', { bio: 'Only this' })).body).toMatchObject({
    displayName: 'ann',
    bio: 'Only this',
    links: [],
    email: null,
    locale: null,
  })
  expect(await t.me()).toMatchObject({ handle: 'ann', bio: 'Only this' })
})

test('every field is checked, and one mistake changes nothing', async () => {
  using t = await withAnn()
  for (const wrong of [
    { displayName: '  ' },
    { displayName: 'x'.repeat(61) },
    { bio: 'x'.repeat(501) },
    { links: ['javascript:alert(1)'] },
    { links: ['ann.example.org'] },
    { links: Array(6).fill('https://example.org') },
    { links: 'https://example.org' },
    { email: 'nobody' },
    { locale: 'xx' },
    { avatarFileId: 0 },
    { avatarFileId: 'x' },
  ]) {
    const { status, body } = await t.api(t.ann, 'PATCH /users/account', { ...whole, ...wrong })
    expect([wrong, status, body.errors?.[0]?.path.split('.')[0]]).toEqual([wrong, 422, Object.keys(wrong)[0]])
  }
  expect(await t.me()).toMatchObject({ displayName: 'ann', bio: '', links: [] })
  for (const fine of [
    { displayName: 'x'.repeat(60) },
    { bio: 'x'.repeat(500) },
    { links: Array(5).fill('http://example.org') },
  ])
    expect((await t.api(t.ann, 'PATCH /users/account', fine)).status).toBe(200)
})

test('nobody can change their own role, id or storage', async () => {
  using t = await withAnn()
  await t.api(t.ann, 'PATCH /users/account', {
    role: 'admin',
    id: 2,
    handle: 'bob',
    storageUsed: -5,
    epoch: 9,
    bio: 'x',
  })
  expect(await t.me()).toMatchObject({ id: t.ann.id, handle: 'ann', role: 'member', storage: { used: 0 }, bio: 'x' })
})

test('the form takes one link per line and comes back with its mistakes', async () => {
  using t = await withAnn()
  const save = (links: string) =>
    t.request('/users/account?_method=PATCH', {
      method: 'POST',
      browser: t.ann,
      form: { displayName: 'Ann', bio: 'kept <b>', links, email: '', locale: '' },
    })
  const wrong = await save('nothing')
  const text = await wrong.text()
  expect([wrong.status, text.includes('kept &lt;b&gt;'), text.includes('A link must start with')]).toEqual([
    422,
    true,
    true,
  ])
  const saved = await save('https://a.example.org\r\n\r\nhttps://b.example.org\r\n')
  expect([saved.status, saved.headers.get('location')]).toEqual([303, '/users/account'])
  expect(await t.me()).toMatchObject({
    links: ['https://a.example.org', 'https://b.example.org'],
    locale: null,
    email: null,
  })
  expect(await (await t.request('/users/account/profile', { browser: t.ann })).text()).toContain('kept &lt;b&gt;')
})

test('each row of the account opens a page, whose form changes its own fields and comes back with its own mistakes', async () => {
  using t = await withAnn()
  const page = async (path: string) => (await t.request(path, { browser: t.ann })).text()
  const save = async (form: Record<string, string>) => {
    const answer = await t.request('/users/account?_method=PATCH', { method: 'POST', browser: t.ann, form })
    return { status: answer.status, text: await answer.text() }
  }
  await save({ displayName: 'Ann', bio: 'first', links: '' })
  const list = await page('/users/account')
  const forms = { profile: 'displayName', email: 'email', language: 'locale', privacy: 'private', security: 'current' }
  for (const [name, field] of Object.entries({ ...forms, leaving: 'password' })) {
    expect([name, list.includes(`href="/users/account/${name}"`)]).toEqual([name, true])
    expect([name, (await page(`/users/account/${name}`)).includes(`name="${field}"`)]).toEqual([name, true])
    expect((await t.request(`/users/account/${name}`)).status).toBe(303)
  }
  expect((await save({ locale: 'ko', timeZone: 'Asia/Seoul' })).status).toBe(303)
  expect((await save({ email: 'ann@example.org' })).status).toBe(303)
  expect((await save({ private: 'on' })).status).toBe(303)
  const changed = { bio: 'first', locale: 'ko', timeZone: 'Asia/Seoul', email: 'ann@example.org', private: true }
  expect(await t.me()).toMatchObject(changed)
  const row = await page('/users/account')
  for (const shown of ['ann@example.org', '한국어 · Asia/Seoul', '비공개 계정'])
    expect([shown, row.includes(shown)]).toEqual([shown, true])
  for (const [form, field] of [
    [{ email: 'nobody' }, 'email'],
    [{ locale: 'xx', timeZone: '' }, 'locale'],
    [{ displayName: 'Ann', bio: '', links: 'none' }, 'displayName'],
  ] as const) {
    const { status, text } = await save(form)
    const shown = ['displayName', 'email', 'locale', 'private'].filter((name) => text.includes(`name="${name}"`))
    expect([field, status, shown]).toEqual([field, 422, [field]])
  }
  expect(await t.me()).toMatchObject(changed)
})

test('an avatar is an unused photo of its owner, and a new one deletes the previous one', async () => {
  using t = await withAnn()
  const bob = await t.user('bob')
  const set = (avatarFileId: number | null) => t.api(t.ann, 'PATCH /users/account', { avatarFileId })
  const [mine, next, foreign] = [await t.photo(t.ann), await t.photo(t.ann), await t.photo(bob)]
  const { files } = await t.post(t.ann)
  expect(await set(foreign)).toEqual(problem(404, 'not_found'))
  expect(await set(files[0].id)).toEqual(problem(409, 'file_in_use'))
  const url = (await set(mine)).body.avatarUrl
  expect([(await t.request(url, { as: t.ann })).status, (await t.request(url, { as: bob })).status]).toEqual([200, 403])
  const seen = (await t.api(bob, 'GET /users/ann')).body.avatarUrl
  expect((await t.request(seen, { as: bob })).status).toBe(200)
  expect(await t.api(t.ann, 'POST /posts', { fileIds: [mine] })).toEqual(problem(409, 'file_in_use'))
  expect((await set(next)).status).toBe(200)
  await t.runJobs()
  expect([(await t.request(seen, { as: bob })).status, await t.app.storage.open(mine, 'original')]).toEqual([410, null])
  expect((await t.api(t.ann, 'DELETE /users/account/avatar')).status).toBe(204)
  expect((await t.me()).avatarUrl).toBeNull()
})

test('deleting the file of an avatar removes the avatar', async () => {
  using t = await withAnn()
  const file = await t.photo(t.ann)
  await t.api(t.ann, 'PATCH /users/account', { avatarFileId: file })
  expect([204, 409]).toContain((await t.api(t.ann, `DELETE /files/${file}`)).status)
  const { avatarUrl } = await t.me()
  if (avatarUrl) expect((await t.request(avatarUrl, { as: t.ann })).status).toBe(200)
})

test('a new password ends all other sessions and every media link, and keeps this session', async () => {
  using t = await withAnn()
  const other = (await t.api(null, 'POST /sessions', { handle: 'ann', password: 'a long password' })).body
  const { files } = await t.post(t.ann)
  const { url } = files[0].renditions.feed
  const change = (current: string, password: string) =>
    t.api(t.ann, 'PUT /users/account/password', { current, password })
  expect(await change('not this one', 'another password')).toEqual(problem(403, 'wrong_password'))
  expect((await change('a long password', 'short')).status).toBe(422)
  expect((await t.api(other, 'GET /users/account')).status).toBe(200)
  expect((await change('a long password', 'another password')).status).toBe(204)
  expect([
    (await t.api(other, 'GET /users/account')).status,
    (await t.api(t.ann, 'GET /users/account')).status,
  ]).toEqual([401, 200])
  expect((await t.request(url, { as: t.ann })).status).toBe(410)
  const signIn = async (password: string) => (await t.api(null, 'POST /sessions', { handle: 'ann', password })).status
  expect([await signIn('a long password'), await signIn('another password')]).toEqual([401, 201])
})
