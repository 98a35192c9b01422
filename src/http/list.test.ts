import { expect, test } from 'bun:test'
import { type Json, testApp } from '../../test/harness'
import { posts } from '../posts/table'

async function withMany(count: number) {
  const t = await testApp()
  const ann = await t.user('ann')
  const row = (publishedAt: Date) => ({
    authorId: ann.id,
    caption: '',
    visibility: 'everyone' as const,
    createdAt: publishedAt,
    publishedAt,
  })
  const add = (count: number, at: number) =>
    t.app.write((tx) => tx.insert(posts).values(Array.from({ length: count }, () => row(new Date(at)))))
  await add(count, 1000)
  return { ...t, ann, add }
}

test('pages neither repeat nor skip posts of the same millisecond while new posts are added', async () => {
  using t = await withMany(45)
  const seen: number[] = []
  let path: string | undefined = '/api/posts?limit=20'
  while (path) {
    const answer = await t.request(path, { as: t.ann })
    const { items, nextCursor } = await answer.json()
    seen.push(...items.map(({ id }: Json) => id))
    expect(seen.length).toBeLessThanOrEqual(45) // guards against an endless loop
    path = /^<(.+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
    expect(path?.includes(`limit=20&cursor=${nextCursor}`)).toBe(nextCursor ? true : undefined)
    await t.add(1, 2000)
  }
  expect(seen).toEqual(Array.from({ length: 45 }, (_, i) => 45 - i))
})

test('the limit is 1 to 100 and defaults to 20; the cursor must be valid', async () => {
  using t = await withMany(101)
  const items = async (query: string) => (await t.api(t.ann, `GET /posts${query}`)).body.items.length
  expect([await items(''), await items('?limit=1'), await items('?limit=100')]).toEqual([20, 1, 100])
  for (const list of [
    '/posts',
    '/inbox',
    '/files',
    '/follows',
    '/notifications',
    '/sessions',
    '/invites',
    '/users/ann/posts',
    '/users/ann/followers',
    '/users/ann/following',
  ])
    for (const [field, value] of [
      ['limit', '0'],
      ['limit', '101'],
      ['limit', 'x'],
      ['limit', ''],
      ['limit', '1.5'],
      ['cursor', 'x'],
      ['cursor', ''],
      ['cursor', '1'],
      ['cursor', "1_1' or 1=1"],
    ]) {
      const { status, body } = await t.api(t.ann, `GET ${list}?${new URLSearchParams([[field!, value!]])}`)
      expect([list, field, value, status, body.code, body.errors?.[0].path]).toEqual([
        list,
        field,
        value,
        422,
        'invalid',
        field,
      ])
      expect(body.detail.includes('link')).toBe(field === 'cursor') // who sent a wrong limit followed no link
    }
  expect((await t.api(t.ann, 'GET /posts?cursor=0_0')).body).toEqual({ items: [], nextCursor: null })
})

test('the last page has no next cursor, even when it is full', async () => {
  using t = await withMany(20)
  const { body, headers } = await t.api(t.ann, 'GET /posts')
  expect([body.items.length, body.nextCursor, headers.get('link')]).toEqual([20, null, null])
})

test('the link to the next page works without JavaScript', async () => {
  using t = await withMany(25)
  const first = await (await t.request('/', { browser: t.ann })).text()
  const next = /href="(\/[^"]*cursor=[^"]+)"/.exec(first)![1]!.replaceAll('&amp;', '&')
  const second = await t.request(next, { browser: t.ann })
  expect([second.status, (await second.text()).includes('/posts/1"')]).toEqual([200, true])
})
