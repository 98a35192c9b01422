import { expect, test } from 'bun:test'
import { type As, type Json, problem, testApp } from '../../test/harness'

async function withPosts() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const [one, two] = [await t.post(ann, { caption: 'one' }), await t.post(ann, { caption: 'two' })]
  const create = async (name: string, as: As = bob) => t.api(as, 'POST /collections', { name })
  const inIt = async (id: number, as: As = bob) => {
    const { status, body } = await t.api(as, `GET /collections/${id}/posts`)
    return status === 200 ? body.items.map(({ id }: Json) => id) : status
  }
  return { ...t, ann, bob, one, two, create, inIt }
}

test('collections hold bookmarked posts, the last one put in first, and are seen by their owner alone', async () => {
  using t = await withPosts()
  const made = await t.create(' 여행 ')
  const { id } = made.body
  expect([made.status, made.headers.get('location'), made.body]).toEqual([
    201,
    `/api/collections/${id}`,
    { id, name: '여행', count: 0 },
  ])
  for (const post of [t.two, t.one]) {
    t.pass(1000)
    const put = await t.api(t.bob, `PUT /collections/${id}/posts/${post.id}`)
    expect([put.status, put.body.viewer.bookmarked]).toEqual([201, true])
  }
  expect((await t.api(t.bob, `PUT /collections/${id}/posts/${t.one.id}`)).status).toBe(200)
  expect([await t.inIt(id), (await t.api(t.bob, 'GET /bookmarks')).body.items.length]).toEqual([
    [t.one.id, t.two.id],
    2,
  ])
  t.pass(1000)
  const second = (await t.create('Home')).body
  expect((await t.api(t.bob, `GET /collections?postId=${t.one.id}`)).body.items).toEqual([
    { id: second.id, name: 'Home', count: 0, has: false },
    { id, name: '여행', count: 2, has: true },
  ])
  for (const as of [t.ann, null])
    for (const call of ['GET', 'PATCH', 'PUT', 'DELETE'] as const) {
      const path = call === 'PUT' || call === 'DELETE' ? `/collections/${id}/posts/${t.one.id}` : `/collections/${id}`
      const answer = await t.api(as, `${call} ${path}`, call === 'PATCH' ? { name: 'x' } : undefined)
      expect(answer).toEqual(as ? problem(404, 'not_found') : problem(401, 'unauthenticated'))
    }
  expect(await t.inIt(id, t.ann)).toBe(404)
  expect((await t.api(t.ann, `DELETE /collections/${id}`)).status).toBe(204)
  expect((await t.api(t.bob, `GET /collections/${id}`)).body.count).toBe(2)
})

test('what may no longer be seen, is bookmarked no longer or is taken out leaves a collection', async () => {
  using t = await withPosts()
  const { id } = (await t.create('All')).body
  for (const post of [t.one, t.two]) await t.api(t.bob, `PUT /collections/${id}/posts/${post.id}`)
  await t.api(t.ann, `PATCH /posts/${t.one.id}`, { visibility: 'followers' })
  expect([await t.inIt(id), (await t.api(t.bob, `GET /collections/${id}`)).body.count]).toEqual([[t.two.id], 1])
  expect(await t.api(t.bob, `PUT /collections/${id}/posts/${t.one.id}`)).toEqual(problem(404, 'not_found'))
  await t.api(t.bob, `DELETE /posts/${t.two.id}/bookmark`)
  expect(await t.inIt(id)).toEqual([])
  await t.api(t.bob, `PUT /collections/${id}/posts/${t.two.id}`)
  expect((await t.api(t.bob, `DELETE /collections/${id}/posts/${t.two.id}`)).status).toBe(204)
  expect((await t.api(t.bob, 'GET /bookmarks')).body.items.map(({ id }: Json) => id)).toEqual([t.two.id])
  await t.api(t.bob, `PUT /collections/${id}/posts/${t.two.id}`)
  await t.api(t.ann, `DELETE /posts/${t.two.id}`)
  await t.runJobs()
  using db = t.openDatabase()
  expect(db.query('select post_id from collected').values()).toEqual([[t.one.id]])
})

test('collections can be renamed and deleted, by forms, too', async () => {
  using t = await withPosts()
  const { id } = (await t.create('Old')).body
  expect((await t.api(t.bob, `PATCH /collections/${id}`, { name: 'New' })).body.name).toBe('New')
  expect((await t.create(' ')).status).toBe(422)
  const form = (path: string, form: Record<string, string>) => t.request(path, { method: 'POST', browser: t.bob, form })
  const put = await form(`/collections/${id}/posts/${t.one.id}?_method=PUT`, {})
  expect([put.status, put.headers.get('location')]).toEqual([303, `/collections?postId=${t.one.id}`])
  const page = async (path: string) => (await t.request(path, { browser: t.bob })).text()
  expect(await page(`/collections?postId=${t.one.id}`)).toContain('Take out of New')
  expect(await page(`/collections/${id}`)).toContain(`href="/posts/${t.one.id}"`)
  expect(await page(`/posts/${t.one.id}/menu`)).toContain(`/collections?postId=${t.one.id}`)
  const gone = await form(`/collections/${id}?_method=DELETE`, {})
  expect([gone.status, gone.headers.get('location')]).toEqual([303, '/collections'])
  expect((await t.api(t.bob, 'GET /collections')).body.items).toEqual([])
})

test('a collection that is made for a post has it in there at once, or is not made', async () => {
  using t = await withPosts()
  const made = await t.api(t.bob, 'POST /collections', { name: 'Sea', postId: t.one.id })
  expect([made.status, made.body.count]).toEqual([201, 1])
  expect(await t.inIt(made.body.id)).toEqual([t.one.id])
  await t.api(t.ann, `PATCH /posts/${t.two.id}`, { visibility: 'followers' })
  expect(await t.api(t.bob, 'POST /collections', { name: 'Hidden', postId: t.two.id })).toEqual(
    problem(404, 'not_found'),
  )
  expect((await t.api(t.bob, 'GET /collections')).body.items).toHaveLength(1)
  const form = (fields: Record<string, string>) =>
    t.request('/collections', { method: 'POST', browser: t.bob, form: fields })
  const done = await form({ name: 'Home', postId: String(t.one.id) })
  expect([done.status, done.headers.get('location')]).toEqual([303, `/collections?postId=${t.one.id}`])
  const page = await (await t.request(`/collections?postId=${t.one.id}`, { browser: t.bob })).text()
  expect(page).toContain('Take out of Home')
  const again = await (await form({ name: ' ', postId: String(t.one.id) })).text()
  expect(again).toContain(`name="postId" value="${t.one.id}"`)
})

test('who liked a post can be read by who may see the post, without people behind a block', async () => {
  using t = await withPosts()
  const cat = await t.user('cat')
  for (const each of [t.bob, cat]) {
    t.pass(1000)
    await t.api(each, `PUT /posts/${t.one.id}/like`)
  }
  const likers = async (as: As | null) => {
    const { status, body } = await t.api(as, `GET /posts/${t.one.id}/likes`)
    return status === 200 ? body.items.map(({ handle }: Json) => handle) : status
  }
  expect([await likers(t.ann), await likers(t.bob), await likers(null)]).toEqual([['cat', 'bob'], ['cat', 'bob'], 401])
  const first = (await t.api(t.ann, `GET /posts/${t.one.id}/likes?limit=1`)).body
  const rest = (await t.api(t.ann, `GET /posts/${t.one.id}/likes?limit=1&cursor=${first.nextCursor}`)).body
  expect([first, rest].map(({ items }) => items.map(({ handle }: Json) => handle))).toEqual([['cat'], ['bob']])
  await t.api(t.bob, 'PUT /blocks/cat')
  expect(await likers(t.bob)).toEqual(['bob'])
  expect(await (await t.request(`/posts/${t.one.id}/likes`, { browser: t.ann })).text()).toContain('/users/cat')
  await t.api(t.ann, `PATCH /posts/${t.one.id}`, { visibility: 'followers' })
  expect(await likers(t.bob)).toBe(404)
})

test('a number in an address that is no id of a post is taken for none', async () => {
  using t = await withPosts()
  const { id } = (await t.create('Trips')).body
  for (const wrong of ['1.5', '1e30', '1e400', 'Infinity', '0x1', '99999999999999999999']) {
    const { body } = await t.api(t.bob, `GET /collections?postId=${wrong}`)
    expect([wrong, body.items]).toEqual([wrong, [{ id, name: 'Trips', count: 0 }]])
    const form = { name: '', postId: wrong }
    expect((await t.request('/collections', { method: 'POST', browser: t.bob, form })).status).toBe(422)
    for (const path of ['/looks/new', '/reports/new'])
      expect([404, 422]).toContain((await t.request(`${path}?postId=${wrong}`, { browser: t.bob })).status)
  }
})
