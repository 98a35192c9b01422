import { expect, test } from 'bun:test'
import { type As, type Json, problem, testApp } from '../../test/harness'

async function withPosts() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  await t.api(bob, 'PUT /follows/ann')
  const dull = await t.post(ann, { caption: 'Dull #sea' })
  t.pass(1000)
  const fine = await t.post(ann, { caption: 'Fine #sea' })
  await t.runJobs()
  const captionsOf = async (list: string, as: As = bob) => {
    const { body } = await t.api(as, `GET ${list}`)
    return (body.items ?? body.posts.items).map(({ caption, post }: Json) => caption ?? post?.caption)
  }
  const part = { 'hx-request': 'true' }
  const send = (path: string, method = 'POST', headers = {}) =>
    t.request(path, { method, browser: bob, headers, ...(method === 'POST' && { form: {} }) })
  return { ...t, ann, bob, dull, fine, captionsOf, send, part }
}

/** The lists that a muted post leaves: all that come unasked, and searches, as with muted words. */
const OFFERED = ['/posts', '/inbox', '/explore', '/tags/sea', '/search?q=sea', '/notifications']

test('a post that does not interest somebody is offered to them no more, until they take it back', async () => {
  using t = await withPosts()
  const than = `${+new Date(t.dull.publishedAt) - 1}_0`
  const counts = async () => [
    (await t.api(t.bob, 'GET /inbox')).body.unread,
    (await t.api(t.bob, `GET /posts/newer?than=${than}`)).body.count,
  ]
  expect(await counts()).toEqual([2, 2])
  const made = await t.api(t.bob, `PUT /muted-posts/${t.dull.id}`)
  expect([made.status, made.body, made.headers.get('location')]).toMatchObject([
    201,
    { id: t.dull.id, author: { handle: 'ann' } },
    `/api/muted-posts/${t.dull.id}`,
  ])
  expect((await t.api(t.bob, `PUT /muted-posts/${t.dull.id}`)).status).toBe(200)
  for (const list of OFFERED) expect([list, await t.captionsOf(list)]).toEqual([list, ['Fine #sea']])
  expect(await counts()).toEqual([1, 1])
  expect(await t.captionsOf('/muted-posts')).toEqual(['Dull #sea'])
  expect((await t.api(t.bob, `GET /muted-posts/${t.dull.id}`)).body).toMatchObject({ caption: 'Dull #sea' })
  for (let i = 0; i < 2; i++) expect((await t.api(t.bob, `DELETE /muted-posts/${t.dull.id}`)).status).toBe(204)
  for (const list of OFFERED) expect([list, (await t.captionsOf(list)).length]).toEqual([list, 2])
  expect(await counts()).toEqual([2, 2])
  expect(await t.captionsOf('/muted-posts')).toEqual([])
  expect(await t.api(t.bob, `GET /muted-posts/${t.dull.id}`)).toEqual(problem(404, 'not_found'))
})

test('whoever looks for the post still finds it: by its address, on the profile and among what they keep', async () => {
  using t = await withPosts()
  for (const mark of ['like', 'bookmark']) await t.api(t.bob, `PUT /posts/${t.dull.id}/${mark}`)
  await t.api(t.bob, `PUT /muted-posts/${t.dull.id}`)
  expect((await t.api(t.bob, `GET /posts/${t.dull.id}`)).body).toMatchObject({ viewer: { liked: true } })
  expect((await t.api(t.bob, `GET /posts/${t.dull.id}/menu`)).body).toMatchObject({ muted: true })
  expect((await t.api(t.bob, `GET /posts/${t.fine.id}/menu`)).body).toMatchObject({ muted: false })
  expect(await t.captionsOf('/users/ann/posts')).toEqual(['Fine #sea', 'Dull #sea'])
  for (const list of ['/bookmarks', '/activity/likes'])
    expect([list, await t.captionsOf(list)]).toEqual([list, ['Dull #sea']])
})

test('nobody else is told or sees anything of it', async () => {
  using t = await withPosts()
  const cat = await t.user('cat')
  const look = () =>
    Promise.all(
      [t.ann, cat].flatMap((who) =>
        ['/posts', '/explore', '/notifications', '/users/ann', `/posts/${t.dull.id}/menu`, '/muted-posts'].map(
          async (path) => (await t.api(who, `GET ${path}`)).body,
        ),
      ),
    )
  const before = await look()
  await t.api(t.bob, `PUT /muted-posts/${t.dull.id}`)
  expect(await look()).toEqual(before)
})

test('an author of whom somebody muted a post is not suggested to them', async () => {
  using t = await withPosts()
  const cat = await t.user('cat')
  const suggested = async () => (await t.api(cat, 'GET /users')).body.items.map(({ handle }: Json) => handle)
  expect(await suggested()).toEqual(['ann', 'bob'])
  await t.api(cat, `PUT /muted-posts/${t.dull.id}`)
  expect(await suggested()).toEqual(['bob'])
  expect((await t.api(cat, 'GET /users?near=ann')).body.items).toMatchObject([{ handle: 'ann' }])
  await t.api(cat, `DELETE /muted-posts/${t.dull.id}`)
  expect(await suggested()).toEqual(['ann', 'bob'])
})

test('people mute neither their own posts nor those that they cannot see, and visitors none', async () => {
  using t = await withPosts()
  const hidden = await t.post(t.bob, { visibility: 'followers' })
  expect(await t.api(t.ann, `PUT /muted-posts/${t.dull.id}`)).toEqual(problem(409, 'own_post'))
  for (const call of [`PUT /muted-posts/${hidden.id}`, `DELETE /muted-posts/${hidden.id}`, 'PUT /muted-posts/999'])
    expect([call, await t.api(t.ann, call)]).toEqual([call, problem(404, 'not_found')])
  for (const call of ['GET /muted-posts', ...['GET', 'PUT', 'DELETE'].map((verb) => `${verb} /muted-posts/1`)])
    expect([call, await t.api(null, call)]).toEqual([call, problem(401, 'unauthenticated')])
  await t.api(t.bob, `PUT /muted-posts/${t.dull.id}`)
  await t.api(t.ann, 'PUT /blocks/bob')
  expect(await t.captionsOf('/muted-posts')).toEqual([])
  expect((await t.api(t.bob, `DELETE /muted-posts/${t.dull.id}`)).status).toBe(204)
})

test('the rows are gone with the post and with the account', async () => {
  using t = await withPosts()
  const cat = await t.user('cat', { password: 'a long password' })
  for (const who of [t.bob, cat]) for (const post of [t.dull, t.fine]) await t.api(who, `PUT /muted-posts/${post.id}`)
  const rows = () => {
    using db = t.openDatabase()
    return db.query('select user_id, post_id from muted_posts order by user_id, post_id').all()
  }
  expect(rows()).toHaveLength(4)
  await t.api(t.ann, `DELETE /posts/${t.dull.id}`)
  await t.runJobs()
  expect(rows()).toEqual([t.bob, cat].map(({ id }) => ({ user_id: id, post_id: t.fine.id })))
  await t.api(cat, 'DELETE /users/account', { password: 'a long password', immediately: true })
  await t.runJobs()
  expect(rows()).toEqual([{ user_id: t.bob.id, post_id: t.fine.id }])
})

test('the menu mutes by a form, whose page offers to take it back and to mute the author', async () => {
  using t = await withPosts()
  const page = async (path: string) => (await t.request(path, { browser: t.bob })).text()
  const [menu, here] = [`/posts/${t.dull.id}/menu`, `/muted-posts/${t.dull.id}`]
  expect(await page(menu)).toContain(`action="${here}?_method=PUT"`)
  const put = await t.send(`${here}?_method=PUT`)
  expect([put.status, put.headers.get('location')]).toEqual([303, here])
  const offer = await page(here)
  for (const text of ['You will no longer be shown this post.', `action="${here}?_method=DELETE"`, 'Mute @'])
    expect(offer).toContain(text)
  expect(await page(menu)).toContain(`action="${here}?_method=DELETE"`)
  expect(await page('/muted-posts')).toContain('Dull #sea')
  expect(await page('/users/account/privacy')).toContain('href="/muted-posts"')
  const undone = await t.send(`${here}?_method=DELETE`)
  expect([undone.status, undone.headers.get('location')]).toEqual([303, `/posts/${t.dull.id}`])
  expect(await page('/muted-posts')).not.toContain('Dull #sea')
})

test('with scripts a row stands in for the post, until it comes back', async () => {
  using t = await withPosts()
  const put = await t.send(`/muted-posts/${t.dull.id}`, 'PUT', t.part)
  const row = await put.text()
  expect(put.status).toBe(201)
  expect(row).toContain('You will no longer be shown this post.')
  expect(row).not.toContain('Dull #sea')
  const back = await (await t.send(`/muted-posts/${t.dull.id}`, 'DELETE', t.part)).text()
  expect(back).toContain(`id="post-${t.dull.id}"`)
  expect((await (await t.request(`/posts/${t.fine.id}/menu`, { browser: t.ann })).text()).includes('muted-posts')).toBe(
    false,
  )
})
