import { expect, test } from 'bun:test'
import { type As, type Json, type Somebody, type TestApp, testApp } from '../../../test/harness'

const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS

const explored = async (t: TestApp, as: As | null, more = '') =>
  (await t.api(as, `GET /explore${more}`)).body.items.map(({ caption }: Json) => caption)

async function withFans(count: number) {
  const t = await testApp()
  const ann = await t.user('ann')
  const fans: Somebody[] = []
  for (let at = 0; at < count; at++) fans.push(await t.user(`fan_${at}`))
  const like = async (post: { id: number }, many: number) => {
    for (const fan of fans.slice(0, many)) await t.api(fan, `PUT /posts/${post.id}/like`)
  }
  return { ...t, ann, fans, like }
}

test('recent likes come first, older ones fade, and posts without likes follow by time', async () => {
  using t = await withFans(4)
  const loved = await t.post(t.ann, { caption: 'loved three days ago' })
  await t.like(loved, 4)
  t.pass(3 * DAY_MS)
  await t.post(t.ann, { caption: 'quiet' })
  t.pass(HOUR_MS)
  const now = await t.post(t.ann, { caption: 'liked now' })
  await t.post(t.ann, { caption: 'newest' })
  await t.like(now, 1)
  expect(await explored(t, t.ann)).toEqual(['liked now', 'loved three days ago', 'newest', 'quiet'])
  await t.api(t.fans[0]!, `DELETE /posts/${now.id}/like`)
  expect(await explored(t, t.ann)).toEqual(['loved three days ago', 'newest', 'liked now', 'quiet'])
})

test('posts older than two weeks are not shown, however many like them now', async () => {
  using t = await withFans(2)
  const old = await t.post(t.ann, { caption: 'old' })
  t.pass(15 * DAY_MS)
  await t.post(t.ann, { caption: 'new' })
  await t.like(old, 2)
  expect(await explored(t, t.ann)).toEqual(['new'])
})

test('pages neither repeat nor skip posts while others are liked and published', async () => {
  using t = await withFans(3)
  const posts: Json[] = []
  for (const caption of ['a', 'b', 'c', 'd', 'e']) posts.push(await t.post(t.ann, { caption }))
  await t.like(posts[0], 3)
  await t.like(posts[1], 2)
  const seen: string[] = []
  let path: string | undefined = '/api/explore?limit=2'
  while (path) {
    const answer = await t.request(path, { as: t.ann })
    seen.push(...(await answer.json()).items.map(({ caption }: Json) => caption))
    expect(seen.length).toBeLessThan(20)
    path = /^<(.+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
    t.pass(1000)
    await t.like(posts[4], 3)
    await t.post(t.ann, { caption: 'later' })
  }
  expect(seen).toEqual(['a', 'b', 'e', 'd', 'c'])
})

test('explore shows nothing that the main page hides', async () => {
  using t = await withFans(2)
  const [fan, other] = t.fans as [Somebody, Somebody]
  await t.api(fan, 'PUT /follows/ann')
  for (const draft of [
    { caption: 'open' },
    { caption: 'friends', visibility: 'followers' },
    { caption: 'paid', price: 5 },
  ])
    await t.like(await t.post(t.ann, draft), 2)
  expect((await explored(t, other)).sort()).toEqual(['open', 'paid'])
  expect((await explored(t, fan)).sort()).toEqual(['friends', 'open', 'paid'])
  await t.api(other, 'PUT /mutes/ann')
  expect(await explored(t, other)).toEqual([])
})

test('the page of explore has a tile for each post, and leads to people where there is none', async () => {
  using t = await withFans(0)
  const page = async () => (await t.request('/explore', { browser: t.ann })).text()
  expect(await page()).toContain('href="/users"')
  const { id } = await t.post(t.ann)
  expect(await page()).toContain(`href="/posts/${id}"`)
})
