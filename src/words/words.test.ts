import { expect, test } from 'bun:test'
import { type As, type Json, problem, testApp } from '../../test/harness'
import { market } from '../../test/market'
import { deleteAccount } from '../users/account'

/** The host refuses `pear`, holds `plum` and marks `fig`. */
async function orchard() {
  const m = await market()
  const mod = await m.user('mod', { role: 'moderator' })
  for (const [word, effect] of [
    ['pear', 'refuse'],
    ['plum', 'hold'],
    ['fig', 'mark'],
  ])
    expect((await m.api(m.boss, 'POST /admin/words', { word, effect, whole: true })).status).toBe(201)
  const flags = async (query = '') => (await m.api(mod, `GET /admin/flags${query}`)).body.items as Json[]
  const settle = (id: number, outcome: string, by: As = mod) => m.api(by, `PATCH /admin/flags/${id}`, { outcome })
  return { ...m, mod, flags, settle }
}

test('administrators keep the list, moderators read it, and a word has one effect', async () => {
  using t = await orchard()
  expect(await t.api(t.mod, 'POST /admin/words', { word: 'nut', effect: 'mark' })).toEqual(problem(403, 'forbidden'))
  expect(await t.api(t.ann, 'GET /admin/words')).toEqual(problem(403, 'forbidden'))
  expect(await t.api(t.boss, 'POST /admin/words', { word: ' ', effect: 'mark' })).toEqual(problem(422, 'invalid'))
  await t.api(t.boss, 'POST /admin/words', { word: 'fig', effect: 'refuse' })
  const { items } = (await t.api(t.mod, 'GET /admin/words')).body
  expect(items.map(({ word, effect }: Json) => [word, effect])).toEqual([
    ['fig', 'refuse'],
    ['plum', 'hold'],
    ['pear', 'refuse'],
  ])
  for (const { id } of items) await t.api(t.boss, `DELETE /admin/words/${id}`)
  expect((await t.post(t.ann, { caption: 'A pear.' })).status).toBe('published')
})

test('a refused word is named where it was written, and the staff may write it', async () => {
  using t = await orchard()
  const fileIds = [await t.photo(t.ann)]
  const refused = await t.api(t.ann, 'POST /posts', { caption: 'P.e.a.r!', fileIds })
  expect(refused.body).toMatchObject({
    status: 422,
    code: 'word_refused',
    errors: [{ path: 'caption', message: 'This community does not allow: pear' }],
  })
  const post = await t.post(t.boss, { caption: 'No pear, please.' })
  expect(post.status).toBe('published')
  for (const [call, body] of [
    [`POST /posts/${post.id}/comments`, { text: 'pear' }],
    ['PATCH /users/account', { bio: 'pear' }],
    ['PATCH /users/account', { displayName: 'Pear' }],
  ] as const)
    expect([call, await t.api(t.ann, call, body)]).toEqual([call, problem(422, 'word_refused')])
  await t.api(t.boss, 'PATCH /admin/settings', { registration: 'open' })
  const join = (draft: object) => t.api(null, 'POST /users', { password: 'a long password', ...draft })
  for (const draft of [{ handle: 'pear' }, { handle: 'plum' }, { handle: 'ok1', displayName: 'A pear' }])
    expect(await join(draft)).toEqual(problem(422, 'word_refused'))
  expect((await join({ handle: 'ok2', displayName: 'A plum' })).body.displayName).toBe('ok2')
})

test('a held post is seen by its author and the staff only, until it is allowed', async () => {
  using t = await orchard()
  await t.api(t.bob, 'PUT /follows/ann')
  await t.runJobs()
  const post = await t.post(t.ann, { caption: 'A plum.' })
  await t.runJobs()
  expect(post.status).toBe('held')
  const inbox = async () => (await t.api(t.bob, 'GET /inbox')).body.items.length
  expect(await t.api(t.bob, `GET /posts/${post.id}`)).toEqual(problem(404, 'not_found'))
  expect([await inbox(), (await t.api(t.ann, `GET /posts/${post.id}`)).status]).toEqual([0, 200])
  expect(await (await t.request(`/posts/${post.id}`, { browser: t.ann })).text()).toContain(
    'The staff look at this post',
  )
  const [flag] = await t.flags()
  expect(flag).toMatchObject({ effect: 'hold', words: ['plum'], field: 'caption', user: { handle: 'ann' } })
  expect(flag).toMatchObject({ text: 'A plum.', post: { id: post.id } })
  expect((await t.api(t.mod, `GET /posts/${post.id}`)).status).toBe(200)
  expect((await t.api(t.mod, 'GET /admin')).body.heldTexts).toBe(1)
  const told = (await t.api(t.mod, 'GET /notifications')).body.items
  expect(told.map(({ url }: Json) => url)).toEqual(['/admin/flags'])
  expect(await t.settle(flag.id, 'allowed', t.bob)).toEqual(problem(403, 'forbidden'))
  expect((await t.settle(flag.id, 'allowed')).body).toMatchObject({ outcome: 'allowed', post: { status: 'published' } })
  expect(await t.settle(flag.id, 'removed')).toEqual(problem(409, 'settled'))
  await t.runJobs()
  expect([await inbox(), await t.flags(), (await t.flags('?status=settled')).length]).toEqual([1, [], 1])
  const news = (await t.api(t.ann, 'GET /notifications')).body.items.map(({ note }: Json) => note)
  expect(news).toContain('The staff allowed your text. Others can see it now.')
})

test('an edit with a held word hides a published post from everybody, with its links', async () => {
  using t = await orchard()
  const post = await t.post(t.ann, { caption: 'Fine.' })
  const seen = (await t.api(t.bob, `GET /posts/${post.id}`)).body
  const { url } = seen.files[0].renditions.feed
  const bytes = (as: As) => t.request(url, { as }).then(({ status }) => status)
  expect(await bytes(t.bob)).toBe(200)
  await t.api(t.ann, `PATCH /posts/${post.id}`, { caption: 'A plum.' })
  expect(await bytes(t.bob)).toBe(410)
  for (const path of ['/posts', '/users/ann/posts'])
    expect([path, (await t.api(t.bob, `GET ${path}`)).body.items]).toEqual([path, []])
  expect((await t.api(t.bob, 'GET /search?q=plum')).body.posts.items).toEqual([])
  expect(await t.api(t.bob, `PUT /posts/${post.id}/like`)).toEqual(problem(404, 'not_found'))
  const [flag] = await t.flags()
  expect(flag.post.id).toBe(post.id)
  await t.settle(flag.id, 'removed')
  expect(await t.api(t.ann, `GET /posts/${post.id}`)).toEqual(problem(404, 'not_found'))
})

test('a held comment is counted, shown and announced only once it is allowed', async () => {
  using t = await orchard()
  const post = await t.post(t.ann)
  const said = (await t.api(t.bob, `POST /posts/${post.id}/comments`, { text: 'Nice plum, @eve!' })).body
  const count = async () => (await t.api(t.eve, `GET /posts/${post.id}`)).body.comments
  const shown = async (as: As) => (await t.api(as, `GET /posts/${post.id}/comments`)).body.items.length
  const heard = async (as: As) => (await t.api(as, 'GET /notifications')).body.items.length
  expect([await count(), await shown(t.eve), await shown(t.bob), await shown(t.mod)]).toEqual([0, 0, 1, 1])
  expect([await heard(t.ann), await heard(t.eve)]).toEqual([0, 0])
  expect(await t.api(t.eve, `GET /comments/${said.id}`)).toEqual(problem(404, 'not_found'))
  await t.settle((await t.flags())[0].id, 'allowed')
  expect([await count(), await shown(t.eve), await heard(t.ann), await heard(t.eve)]).toEqual([1, 1, 1, 1])
  await t.api(t.bob, `PATCH /comments/${said.id}`, { text: 'A plum again.' })
  expect([await count(), await shown(t.eve)]).toEqual([0, 0])
  await t.settle((await t.flags())[0].id, 'removed')
  expect([await count(), await shown(t.bob)]).toEqual([0, 0])
})

test('a held name or bio waits while the old one stays, and a marked one is shown and can be taken back', async () => {
  using t = await orchard()
  await t.api(t.ann, 'PATCH /users/account', { displayName: 'Plum', bio: 'A fig.' })
  const seen = async () => (await t.api(t.bob, 'GET /users/ann')).body
  expect(await seen()).toMatchObject({ displayName: 'ann', bio: 'A fig.' })
  const flags = await t.flags()
  expect(flags.map(({ field, effect, text }) => [field, effect, text]).sort()).toEqual([
    ['bio', 'mark', 'A fig.'],
    ['displayName', 'hold', 'Plum'],
  ])
  for (const { id, field } of flags) await t.settle(id, field === 'bio' ? 'removed' : 'allowed')
  expect(await seen()).toMatchObject({ displayName: 'Plum', bio: '' })
  expect((await t.api(t.bob, 'GET /users?near=plum')).body.items).toHaveLength(1)
})

test('a marked caption is published at once and stands before the staff', async () => {
  using t = await orchard()
  const post = await t.post(t.ann, { caption: 'A fig.' })
  expect([post.status, (await t.flags()).length]).toEqual(['published', 1])
  const page = await (await t.request('/admin/flags', { browser: t.mod })).text()
  for (const text of ['A fig.', 'Marked']) expect(page).toContain(text)
  await t.api(t.ann, `DELETE /posts/${post.id}`)
  expect(await t.flags()).toEqual([])
})

test('a word with signs in it is refused, also by a server that starts with it', async () => {
  using t = await orchard()
  expect((await t.api(t.boss, 'POST /admin/words', { word: 'k-pop', effect: 'refuse' })).status).toBe(201)
  expect(await t.api(t.ann, 'PATCH /users/account', { bio: 'I love K-Pop!' })).toEqual(problem(422, 'word_refused'))
  using again = await testApp({}, t.dir)
  expect(await again.api(t.ann, 'PATCH /users/account', { bio: 'I love K-Pop!' })).toEqual(problem(422, 'word_refused'))
})

test('a name that waited does not come back to an account that was deleted meanwhile', async () => {
  using t = await orchard()
  await t.api(t.ann, 'PATCH /users/account', { displayName: 'Ann Plum' })
  const [flag] = await t.flags()
  await t.app.write(async (tx) => deleteAccount(tx, t.ann, t.app.now()))
  await t.settle(flag!.id, 'allowed')
  using db = t.openDatabase()
  expect(db.query('select display_name from users where id = ?').get(t.ann.id)).toEqual({ display_name: '' })
})
