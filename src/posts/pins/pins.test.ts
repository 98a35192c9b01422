import { expect, test } from 'bun:test'
import { type As, type Json, problem, testApp } from '../../../test/harness'

async function withPosts() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const posts: Json[] = []
  for (const caption of ['one', 'two', 'three', 'four', 'five']) {
    t.pass(1000)
    posts.push(await t.post(ann, { caption }))
  }
  const pin = async (nth: number, as: As = ann) => {
    t.pass(1000)
    return t.api(as, `PUT /posts/${posts[nth].id}/pin`)
  }
  const grid = async (as: As) => {
    const html = await (await t.request('/users/ann', { browser: as })).text()
    return [...html.matchAll(/class="tile"[^>]*href="\/posts\/(\d+)"/g)].map(([, id]) =>
      posts.findIndex((post) => post.id === Number(id)),
    )
  }
  return { ...t, ann, bob, posts, pin, grid }
}

test('up to three posts stay at the top of a profile, the one pinned last first', async () => {
  using t = await withPosts()
  for (const nth of [0, 2, 3]) expect(await t.pin(nth)).toMatchObject({ status: 201, body: { pinned: true } })
  expect((await t.pin(0)).status).toBe(200)
  expect(await t.pin(4)).toEqual(problem(409, 'too_many_pins'))
  expect(await t.grid(t.bob)).toEqual([3, 2, 0, 4, 1])
  const profile = await (await t.request('/users/ann', { browser: t.bob })).text()
  expect(profile.match(/aria-label="[^"]* · Pinned"/g)).toHaveLength(3) // screen readers hear the marks, too
  const ids = async (list: string) => (await t.api(t.bob, `GET ${list}`)).body.items.map(({ id }: Json) => id)
  expect(await ids('/users/ann/posts')).toEqual(t.posts.map(({ id }) => id).reverse()) // scripts get one order
  expect(await ids('/users/ann/pins')).toEqual([3, 2, 0].map((nth) => t.posts[nth].id))
  expect((await t.api(t.ann, `DELETE /posts/${t.posts[2].id}/pin`)).status).toBe(204)
  expect((await t.api(t.ann, `DELETE /posts/${t.posts[3].id}`)).status).toBe(204)
  expect([await t.grid(t.bob), (await t.pin(4)).status, (await t.pin(1)).status]).toEqual([[0, 4, 2, 1], 201, 201])
})

test('only the author pins a post, and others see only pinned posts that they may see', async () => {
  using t = await withPosts()
  expect(await t.pin(0, t.bob)).toEqual(problem(403, 'forbidden'))
  expect(await t.api(t.bob, `DELETE /posts/${t.posts[0].id}/pin`)).toEqual(problem(403, 'forbidden'))
  await t.pin(0)
  await t.api(t.ann, `PATCH /posts/${t.posts[0].id}`, { visibility: 'followers' })
  expect((await t.api(t.bob, 'GET /users/ann/pins')).body.items).toEqual([])
  expect(await t.grid(t.bob)).toEqual([4, 3, 2, 1])
  const menu = await (await t.request(`/posts/${t.posts[0].id}/menu`, { browser: t.ann })).text()
  expect(menu).toContain('Unpin from my profile')
  const form = { method: 'POST', browser: t.ann, form: {} }
  const gone = await t.request(`/posts/${t.posts[0].id}/pin?_method=DELETE`, form)
  expect([gone.status, gone.headers.get('location')]).toEqual([303, '/users/ann'])
})

test('a published post says when it was edited, and only if what it shows has changed', async () => {
  using t = await withPosts()
  const [{ id }] = t.posts
  const edited = async (patch: object) => (await t.api(t.ann, `PATCH /posts/${id}`, patch)).body.editedAt
  for (const patch of [{ caption: 'one' }, { price: 3 }, { sensitive: false }]) expect(await edited(patch)).toBe(null)
  t.pass(60_000)
  const at = await edited({ caption: 'better' })
  expect(at).toBe(t.app.now().toISOString())
  t.pass(60_000)
  expect(await edited({ price: 0 })).toBe(at)
  const page = await (await t.request(`/posts/${id}`, { browser: t.bob })).text()
  expect(page).toContain('Edited')
  expect(await edited({ fileIds: [await t.photo(t.ann)] })).toBe(t.app.now().toISOString())
})
