import { expect, test } from 'bun:test'
import { problem, testApp } from '../../test/harness'

test('newer posts are counted if the viewer may see them and has not muted the author', async () => {
  using t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const count = async (as: typeof ann, than: string) => (await t.api(as, `GET /posts/newer?than=${than}`)).body.count
  const first = await t.post(ann)
  const than = `${+new Date(first.publishedAt)}_${first.id}`
  expect(await count(bob, than)).toBe(0)
  t.pass(1000)
  await t.post(ann)
  await t.post(ann, { visibility: 'followers' })
  expect([await count(bob, than), await count(ann, than), await count(bob, '0_0')]).toEqual([1, 2, 2])
  await t.api(bob, 'PUT /mutes/ann')
  expect(await count(bob, than)).toBe(0)
  expect(await t.api(bob, 'GET /posts/newer?than=x')).toEqual(problem(422, 'invalid'))
  const page = await t.request(`/posts/newer?than=${than}`, { browser: bob })
  expect([page.status, page.headers.get('location')]).toEqual([303, '/'])
})
