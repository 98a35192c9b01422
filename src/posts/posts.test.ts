import { expect, test } from 'bun:test'
import { testApp } from '../../test/harness'
import { createPost } from './model'
import { posts } from './table'

const problem = (status: number, code: string) =>
  expect.objectContaining({ type: 'about:blank', title: expect.any(String), detail: expect.any(String), status, code })

test('JSON, a form and HTMX make the same post, each answered in its own way', async () => {
  using t = await testApp()
  const as = await t.user('ann')
  const json = await t.request('/api/posts', { as, method: 'POST', json: { caption: 'hi', price: 5 } })
  expect([json.status, json.headers.get('location'), json.headers.get('cache-control')]).toEqual([201, '/api/posts/1', 'private, no-cache'])
  expect(await json.json()).toMatchObject({ id: 1, caption: 'hi', price: 5, author: { handle: 'ann' }, viewer: { own: true } })
  const form = await t.request('/posts', { as, method: 'POST', form: { caption: 'form', price: '5' } })
  expect([form.status, form.headers.get('location')]).toEqual([303, '/posts/2'])
  const part = await t.request('/posts', { as, method: 'POST', form: { caption: 'part' }, headers: { 'hx-request': 'true' } })
  expect([part.status, part.headers.get('vary')]).toEqual([201, 'HX-Request, HX-Request-Type'])
  expect(await part.text()).toMatch(/^<article id="post-3">/)
  expect(await (await t.request('/posts/3', { headers: { 'hx-request': 'true', 'hx-request-type': 'full' } })).text()).toStartWith('<html')
})

test('what is wrong is said as problem+json, and in the form with what was typed', async () => {
  using t = await testApp()
  const as = await t.user('ann')
  const bad = await t.request('/api/posts', { as, method: 'POST', json: { caption: ' ' } })
  expect([bad.status, bad.headers.get('content-type')]).toEqual([422, 'application/problem+json'])
  expect(await bad.json()).toMatchObject({ code: 'invalid', errors: [{ path: 'caption', message: expect.any(String) }] })
  const form = await t.request('/posts', { as, method: 'POST', form: { caption: 'kept', price: '-1' } })
  expect([form.status, await form.text()]).toEqual([422, expect.stringMatching(/<form.*value="kept".*class="error"/s)])
  const raw = (body: string, type: string) => t.request('/api/posts', { as, method: 'POST', body, headers: { 'content-type': type } })
  expect(await (await raw('{', 'application/json')).json()).toEqual(problem(400, 'unreadable'))
  expect(await (await raw('x', 'multipart/form-data; boundary=x')).json()).toEqual(problem(415, 'unsupported_media'))
  expect(await (await t.request('/api/posts', { method: 'POST' })).json()).toEqual(problem(401, 'unauthenticated'))
  expect(await (await t.request('/api/posts/999')).json()).toEqual(problem(404, 'not_found'))
  expect(await (await t.request('/api/nothing')).json()).toEqual(problem(404, 'not_found'))
  expect(await (await t.request('/nothing')).text()).toStartWith('<html')
})

test('a draft is found by its author only, a post for followers by them', async () => {
  using t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const status = async (id: number, as?: typeof ann) => (await t.request(`/api/posts/${id}`, as && { as })).status
  const draft = { caption: 'draft', price: 0, visibility: 'everyone' as const }
  const { post } = await t.app.write((tx) => createPost(tx, ann, draft, t.app.now()))
  expect([await status(post.id, ann), await status(post.id, bob), await status(post.id)]).toEqual([200, 404, 404])
  const made = await (await t.request('/api/posts', { as: ann, method: 'POST', json: { caption: 'us', visibility: 'followers' } })).json()
  expect([await status(made.id, bob), await status(made.id)]).toEqual([404, 404])
  await t.request('/api/follows/ann', { as: bob, method: 'PUT' })
  expect(await status(made.id, bob)).toBe(200)
})

test('pages neither repeat nor skip posts of the same millisecond while others are added', async () => {
  using t = await testApp()
  const { id: authorId } = await t.user('ann')
  const add = (publishedAt: Date) => ({
    authorId,
    caption: '',
    price: 0,
    visibility: 'everyone' as const,
    createdAt: publishedAt,
    publishedAt,
  })
  await t.app.write((tx) => tx.insert(posts).values(Array.from({ length: 45 }, () => add(new Date(1000)))))
  const seen: number[] = []
  let path: string | undefined = '/api/posts?limit=20'
  while (path) {
    const answer = await t.request(path)
    const { items, nextCursor } = await answer.json()
    seen.push(...items.map(({ id }: { id: number }) => id))
    path = /<(.+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
    expect(path?.includes(`limit=20&cursor=${nextCursor}`)).toBe(nextCursor ? true : undefined)
    await t.app.write((tx) => tx.insert(posts).values(add(new Date(2000))))
  }
  expect(seen).toEqual(Array.from({ length: 45 }, (_, i) => 45 - i))
  for (const query of ['limit=0', 'limit=101', 'limit=x', 'cursor=x', 'cursor='])
    expect((await t.request(`/api/posts?${query}`)).status).toBe(422)
  expect((await (await t.request('/api/posts')).json()).items.length).toBe(20)
})
