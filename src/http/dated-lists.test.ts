import { expect, test } from 'bun:test'
import { type Json, problem } from '../../test/harness'
import { market } from '../../test/market'

test('lists in the order of time take since and until, and pages keep them', async () => {
  using t = await market()
  await t.grant(t.bob, 100)
  const posts: Json[] = []
  for (let n = 0; n < 4; n++) {
    t.pass(24 * 3600_000)
    posts.push(await t.post(t.ann, { price: 10 }))
    await t.buy(t.bob, posts.at(-1))
  }
  const ids = async (call: string, as = t.ann) => (await t.api(as, call)).body.items.map(({ id }: Json) => id)
  const [first, second, third, fourth] = posts.map(({ id }) => id)
  const [from, to] = [posts[1].publishedAt, posts[3].publishedAt]
  for (const path of ['/posts', '/users/ann/posts']) {
    expect(await ids(`GET ${path}?since=${from}`)).toEqual([fourth, third, second])
    expect(await ids(`GET ${path}?until=${to}`)).toEqual([third, second, first])
    expect(await ids(`GET ${path}?since=${from}&until=${to}`)).toEqual([third, second])
  }
  expect(await ids(`GET /library?since=${from}&until=${to}`, t.bob)).toEqual([third, second])
  const sales = (await t.api(t.ann, `GET /coins/sales?since=2026-01-03&until=2026-01-05`)).body.items
  expect(sales.map(({ postId }: Json) => postId)).toEqual([third, second])
  expect((await t.api(t.ann, `GET /coins/entries?since=${to}`)).body.items).toMatchObject([{ kind: 'sale' }])
  expect((await t.api(t.ann, 'GET /files?since=2030-01-01')).body.items).toEqual([])

  const page = await t.api(t.ann, `GET /posts?since=${from}&until=${to}&limit=1`)
  const next = /<\/api([^>]+)>/.exec(page.headers.get('link')!)![1]
  expect(await ids(`GET ${next}`)).toEqual([second])
  for (const wrong of ['since=yesterday', 'until=1.1.2026', 'since='])
    expect([wrong, await t.api(t.ann, `GET /posts?${wrong}`)]).toEqual([wrong, problem(422, 'invalid')])
})
