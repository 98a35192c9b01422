import { expect, test } from 'bun:test'
import { type Json, testApp } from '../../test/harness'
import { onPostgres } from '../../test/postgres/databases'

test('posts are found in the same order and paged, however many others lie between them', async () => {
  using t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  for (const caption of ['sea one', '바다 sea', 'oversea', 'seal']) await t.post(ann, { caption })
  const skip = onPostgres
    ? "select setval(pg_get_serial_sequence('posts', 'id'), 5000)"
    : "update sqlite_sequence set seq = 5000 where name = 'posts'"
  t.openDatabase().run(skip)
  for (const caption of ['sea two', '바지 sea', 'undersea', 'a lake']) await t.post(ann, { caption })
  const walk = async (q: string, limit = 1) => {
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await t.api(bob, `GET /search?q=${encodeURIComponent(q)}&in=posts&limit=${limit}${cursor}`)
      seen.push(...body.posts.items.map(({ caption }: Json) => caption))
      if (!body.posts.nextCursor) return seen
      cursor = `&cursor=${body.posts.nextCursor}`
    }
  }
  const all = ['바지 sea', 'sea two', '바다 sea', 'sea one', 'seal', 'undersea', 'oversea']
  expect([await walk('sea', 20), await walk('sea')]).toEqual([all, all])
  expect(await walk('바ㅈ')).toEqual(['바지 sea'])
  expect(await walk('바ㄷ sea')).toEqual(['바다 sea'])
  expect(await walk('ㅂ sea')).toEqual(['바지 sea', '바다 sea'])
})
