import { expect, test } from 'bun:test'
import { type As, type Json, problem, testApp } from '../../test/harness'

async function withCollections() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const ids: number[] = []
  for (const name of ['A', 'B', 'C', 'D']) ids.push((await t.api(bob, 'POST /collections', { name })).body.id) // at once
  const posts: number[] = []
  for (let at = 0; at < 4; at++) {
    posts.push((await t.post(ann)).id)
    await t.api(bob, `PUT /collections/${ids[0]}/posts/${posts[at]}`)
  }
  const names = async () => (await t.api(bob, 'GET /collections')).body.items.map(({ name }: Json) => name).join('')
  const inIt = async () =>
    (await t.api(bob, `GET /collections/${ids[0]}/posts`)).body.items.map(({ id }: Json) => posts.indexOf(id)).join('')
  const order = (nths: number[], as: As = bob) =>
    t.api(as, 'PUT /collections/order', { ids: nths.map((nth) => ids[nth]) })
  const orderPosts = (nths: number[], as: As = bob) =>
    t.api(as, `PUT /collections/${ids[0]}/order`, { postIds: nths.map((nth) => posts[nth]) })
  return { ...t, ann, bob, ids, posts, names, inIt, order, orderPosts }
}

test('people order their collections and the posts in them, all at once or some', async () => {
  using t = await withCollections()
  expect([await t.names(), await t.inIt()]).toEqual(['DCBA', '3210'])
  expect((await t.order([0, 1, 2, 3])).status).toBe(204)
  expect((await t.orderPosts([1, 3])).status).toBe(204) // the two swap
  expect([await t.names(), await t.inIt()]).toEqual(['ABCD', '1230'])
  await t.order([1, 0])
  expect(await t.names()).toBe('BACD')
  t.pass(1000)
  await t.api(t.bob, 'POST /collections', { name: 'E' })
  expect(await t.names()).toBe('EBACD')
  const page = await t.api(t.bob, 'GET /collections?limit=2')
  const rest = await t.api(t.bob, `GET /collections?limit=9&cursor=${page.body.nextCursor}`)
  expect([...page.body.items, ...rest.body.items].map(({ name }: Json) => name).join('')).toBe('EBACD')
})

test('an order of something that is not mine, or is named twice, changes nothing', async () => {
  using t = await withCollections()
  const theirs = (await t.api(t.ann, 'POST /collections', { name: 'X' })).body.id
  expect(await t.api(t.bob, 'PUT /collections/order', { ids: [t.ids[0], theirs] })).toEqual(problem(404, 'not_found'))
  expect(await t.order([0, 0])).toEqual(problem(404, 'not_found'))
  expect(await t.order([1, 0], t.ann)).toEqual(problem(404, 'not_found'))
  expect(await t.orderPosts([1, 0], t.ann)).toEqual(problem(404, 'not_found'))
  expect([await t.names(), await t.inIt()]).toEqual(['DCBA', '3210'])
})

test('the pages move rows up and down without JavaScript', async () => {
  using t = await withCollections()
  const page = async (path: string) => (await t.request(path, { browser: t.bob })).text()
  expect(await page('/collections')).toContain('/collections/edit')
  expect(await page('/collections/edit')).toContain('Move A up')
  const form: [string, string][] = [
    ['ids', String(t.ids[2])],
    ['ids', String(t.ids[3])],
  ]
  const done = await t.request(`/collections/order?moved=${t.ids[2]}&_method=PUT`, {
    method: 'POST',
    browser: t.bob,
    form,
  })
  expect([done.status, done.headers.get('location')]).toEqual([
    303,
    `/collections/edit?moved=${t.ids[2]}#row-${t.ids[2]}`,
  ])
  expect(await t.names()).toBe('CDBA')
  expect(await page(`/collections/edit?moved=${t.ids[1]}`)).toMatch(/aria-label="Move B up"[^>]*autofocus/)
  expect(await page(`/collections/${t.ids[0]}/edit`)).toContain('Photo by ann')
})
