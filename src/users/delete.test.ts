import { expect, test } from 'bun:test'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { problem, testApp } from '../../test/harness'

const password = 'a long password'

async function withLife() {
  const t = await testApp({ PINHOLE_REGISTRATION: 'open' })
  const [ann, bob] = [await t.user('ann', { password }), await t.user('bob')]
  await t.api(ann, 'PATCH /users/account', {
    displayName: 'Ann Personal',
    bio: 'personal bio',
    email: 'ann@personal.example',
    links: ['https://personal.example/'],
  })
  await t.api(ann, 'PATCH /users/account', { avatarFileId: await t.photo(ann) })
  await t.api(bob, 'PUT /follows/ann')
  await t.api(ann, 'PUT /follows/bob')
  t.pass(1000)
  const post = await t.post(ann, { caption: 'personal caption' })
  await t.post(bob, { caption: 'of bob' })
  const loose = await t.photo(ann)
  await t.api(ann, `PATCH /files/${loose}`, { altText: 'personal words' })
  const invite = (await t.api(ann, 'POST /invites', { uses: 5 })).body
  await t.runJobs()
  const leave = (word = password) => t.api(ann, 'DELETE /users/account', { password: word, immediately: true })
  return { ...t, ann, bob, post, invite, leave }
}

test('a deleted account disappears at once, and nobody is signed in to it', async () => {
  using t = await withLife()
  const seen = (await t.api(t.bob, `GET /posts/${t.post.id}`)).body
  const links = [seen.files[0].renditions.feed.url, seen.author.avatarUrl]
  expect(await t.leave('not this one')).toEqual(problem(403, 'wrong_password'))
  expect((await t.leave()).status).toBe(204)
  expect([
    (await t.api(t.ann, 'GET /users/account')).status,
    (await t.api(null, 'POST /sessions', { handle: 'ann', password })).status,
  ]).toEqual([401, 401])
  for (const path of ['/users/ann', '/users/ann/posts', `/users/-${t.ann.id}`, `/posts/${t.post.id}`])
    expect([path, (await t.api(t.bob, `GET ${path}`)).status]).toEqual([path, 404])
  for (const link of links) expect((await t.request(link, { as: t.bob })).status).toBe(410)
  for (const list of [
    '/posts',
    '/inbox',
    '/follows',
    '/users/bob/followers',
    '/users/bob/following',
    '/notifications',
  ]) {
    const { body } = await t.api(t.bob, `GET ${list}`)
    expect([list, JSON.stringify(body).includes('ersonal'), JSON.stringify(body).includes('"ann"')]).toEqual([
      list,
      false,
      false,
    ])
  }
  for (const path of ['/', '/inbox', '/notifications', '/users/bob'])
    expect(await (await t.request(path, { browser: t.bob })).text()).not.toContain('ersonal')
})

test('jobs erase the rest: files, texts, follows, inboxes, counts and invitations', async () => {
  using t = await withLife()
  await t.leave()
  await t.runJobs()
  const media = join(t.dir, 'media')
  expect(existsSync(media) ? readdirSync(media).length : 0).toBe(1) // Only Bob's photo is left.
  using other = t.openDatabase()
  for (const table of ['users', 'files', 'posts', 'notifications', 'inbox', 'follows']) {
    const text = JSON.stringify(other.query(`select * from ${table}`).values())
    expect([table, text.includes('ersonal'), text.includes('"ann"')]).toEqual([table, false, false])
  }
  expect(other.query('select count(*) from follows').values()).toEqual([[0]])
  expect(other.query('select count(*) from inbox').values()).toEqual([[0]])
  expect((await t.api(t.bob, 'GET /users/bob')).body).toMatchObject({ followers: 0, following: 0, posts: 1 })
  expect((await t.request(`/users/new?invite=${t.invite.token}`)).status).toBe(410)
})

test('the handle becomes free for a new person, who inherits nothing', async () => {
  using t = await withLife()
  await t.leave()
  await t.runJobs()
  expect((await t.api(null, 'POST /users', { handle: 'ann', password })).body).toMatchObject({
    handle: 'ann',
    displayName: 'ann',
    bio: '',
    posts: 0,
    followers: 0,
  })
  expect((await t.api(t.bob, 'GET /users/ann')).body.id).not.toBe(t.ann.id)
})

test('the page asks for the password and leads to the sign-in page', async () => {
  using t = await withLife()
  const send = (password: string) =>
    t.request('/users/account?_method=DELETE', {
      method: 'POST',
      browser: t.ann,
      form: { password, immediately: 'on' },
    })
  expect([(await send('wrong')).status, (await t.api(t.ann, 'GET /users/account')).status]).toEqual([403, 200])
  const gone = await send(password)
  expect([gone.status, gone.headers.get('location'), gone.headers.get('set-cookie')]).toEqual([
    303,
    '/sessions/new',
    expect.stringContaining('Max-Age=0'),
  ])
})

test('the last administrator cannot be deleted', async () => {
  using t = await testApp()
  const boss = await t.user('boss', { password, role: 'admin' })
  expect(await t.api(boss, 'DELETE /users/account', { password, immediately: true })).toEqual(
    problem(409, 'last_admin'),
  )
  await t.user('next', { role: 'admin' })
  expect((await t.api(boss, 'DELETE /users/account', { password, immediately: true })).status).toBe(204)
})
