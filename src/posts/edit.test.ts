import { expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { problem, type Somebody, testApp } from '../../test/harness'

type File = { id: number; renditions: Record<string, { url: string }> }

async function withPost(draft: object = {}) {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const fileIds = [await t.photo(ann), await t.photo(ann)]
  const post = await t.post(ann, { caption: 'old', fileIds, ...draft })
  const change = (patch: object, as: Somebody = ann) => t.api(as, `PATCH /posts/${post.id}`, patch)
  const linksOf = async (as: Somebody): Promise<string[]> =>
    (await t.api(as, `GET /posts/${post.id}`)).body.files.map(({ renditions }: File) => renditions.feed!.url)
  const open = async (url: string, as: Somebody) => (await t.request(url, { as })).status
  return { ...t, ann, bob, post, fileIds, change, linksOf, open }
}

test('PATCH changes the given fields, keeps the rest and does not publish the post again', async () => {
  using t = await withPost()
  t.pass(1000)
  const changed = (await t.change({ caption: ' new ', sensitive: true })).body
  expect(changed).toMatchObject({
    caption: 'new',
    sensitive: true,
    visibility: 'everyone',
    publishedAt: t.post.publishedAt,
    status: 'published',
  })
  expect((await t.change({})).body).toEqual(changed)
  for (const wrong of [{ caption: 'x'.repeat(2001) }, { visibility: 'x' }, { fileIds: [] }])
    expect((await t.change(wrong)).status).toBe(422)
  const form = { caption: 'by form', sensitive: 'off', visibility: 'everyone' }
  const saved = await t.request(`/posts/${t.post.id}?_method=PATCH`, { method: 'POST', browser: t.ann, form })
  expect([saved.status, saved.headers.get('location')]).toEqual([303, `/posts/${t.post.id}`])
  expect((await t.api(t.ann, `GET /posts/${t.post.id}`)).body).toMatchObject({ caption: 'by form', sensitive: false })
  expect(await (await t.request(`/posts/${t.post.id}/edit`, { browser: t.ann })).text()).toContain('by form')
})

test('only the author changes or deletes a post', async () => {
  using t = await withPost()
  expect(await t.change({ caption: 'x' }, t.bob)).toEqual(problem(403, 'forbidden'))
  expect(await t.api(t.bob, `DELETE /posts/${t.post.id}`)).toEqual(problem(403, 'forbidden'))
  expect((await t.request(`/posts/${t.post.id}/edit`, { browser: t.bob })).status).toBe(403)
  await t.change({ visibility: 'followers' })
  // He does not even learn that it exists.
  expect(await t.change({ caption: 'x' }, t.bob)).toEqual(problem(404, 'not_found'))
  expect((await t.api(t.bob, `DELETE /posts/${t.post.id}`)).status).toBe(204)
  expect((await t.api(t.ann, `GET /posts/${t.post.id}`)).body.caption).toBe('old')
})

test('narrowing the visibility ends the links that others hold; widening ends none', async () => {
  using t = await withPost()
  const [theirs] = await t.linksOf(t.bob)
  await t.change({ visibility: 'followers' })
  expect([await t.open(theirs!, t.bob), await t.open((await t.linksOf(t.ann))[0]!, t.ann)]).toEqual([410, 200])
  await t.api(t.bob, 'PUT /follows/ann')
  const [again] = await t.linksOf(t.bob)
  await t.change({ visibility: 'everyone' })
  expect(await t.open(again!, t.bob)).toBe(200)
})

test('photos can be moved, added and removed; a removed one is private and can be used again', async () => {
  using t = await withPost()
  const [first, second] = t.fileIds as [number, number]
  const theirs = await t.linksOf(t.bob)
  const third = await t.photo(t.ann)
  const ids = async (patch: object) => (await t.change(patch)).body.files.map(({ id }: File) => id)
  expect(await ids({ fileIds: [second, first] })).toEqual([second, first])
  expect(await t.open(theirs[0]!, t.bob)).toBe(200)
  expect(await ids({ fileIds: [third, second] })).toEqual([third, second])
  expect([await t.open(theirs[0]!, t.bob), await t.open(theirs[1]!, t.bob)]).toEqual([410, 200])
  expect((await t.api(t.ann, 'POST /posts', { fileIds: [first] })).status).toBe(201)
  expect(await t.change({ fileIds: [first] })).toEqual(problem(409, 'file_in_use'))
  expect(await t.change({ fileIds: [await t.photo(t.bob)] })).toEqual(problem(404, 'not_found'))
  expect((await t.api(t.ann, `GET /posts/${t.post.id}`)).body.files.length).toBe(2)
})

test('a deleted post disappears at once from pages, links, lists, counts, inboxes and the disk', async () => {
  using t = await withPost()
  await t.api(t.bob, 'PUT /follows/ann')
  await t.runJobs()
  const [link] = await t.linksOf(t.bob)
  expect([
    (await t.api(t.bob, 'GET /inbox')).body.items.length,
    (await t.api(t.bob, 'GET /users/ann')).body.posts,
  ]).toEqual([1, 1])
  for (let i = 0; i < 2; i++) expect((await t.api(t.ann, `DELETE /posts/${t.post.id}`)).status).toBe(204)
  expect(await t.open(link!, t.bob)).toBe(410)
  for (const as of [t.ann, t.bob]) expect((await t.api(as, `GET /posts/${t.post.id}`)).status).toBe(404)
  for (const list of ['/posts', '/users/ann/posts', '/inbox'])
    expect((await t.api(t.bob, `GET ${list}`)).body.items).toEqual([])
  expect([(await t.api(t.bob, 'GET /users/ann')).body.posts, (await t.api(t.bob, 'GET /inbox')).body.unread]).toEqual([
    0, 0,
  ])
  await t.runJobs()
  using other = t.openDatabase()
  expect(other.query('select count(*) from inbox').values()).toEqual([[0]])
  expect(t.fileIds.map((id) => existsSync(join(t.dir, 'media', String(id))))).toEqual([false, false])
  expect(other.query(`select caption from posts`).values()).toEqual([['']])
  expect((await t.api(t.ann, 'GET /users/account')).body.storage.used).toBe(0)
})

test('deleting with the form leads to the author’s profile', async () => {
  using t = await withPost()
  const gone = await t.request(`/posts/${t.post.id}?_method=DELETE`, { method: 'POST', browser: t.ann, form: {} })
  expect([gone.status, gone.headers.get('location')]).toEqual([303, '/users/ann'])
  const part = await t.request('/posts/999?_method=DELETE', {
    method: 'POST',
    browser: t.ann,
    form: {},
    headers: { 'hx-request': 'true' },
  })
  expect([part.status, part.headers.get('hx-redirect'), await part.text()]).toEqual([200, '/users/ann', ''])
})
