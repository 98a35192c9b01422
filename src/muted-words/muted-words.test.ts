import { expect, test } from 'bun:test'
import { type As, type Json, problem, testApp } from '../../test/harness'

async function withCaptions(...captions: string[]) {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  await t.api(bob, 'PUT /follows/ann')
  for (const caption of captions) {
    t.pass(1000)
    await t.post(ann, { caption })
  }
  await t.runJobs()
  const mute = (text: string, as: As | null = bob) => t.api(as, 'POST /muted-words', { text })
  const captionsOf = async (list: string, as: As = bob) => {
    const { body } = await t.api(as, `GET ${list}`)
    return (body.items ?? body.posts.items).map(({ caption }: Json) => caption)
  }
  return { ...t, ann, bob, mute, captionsOf }
}

test('a muted word keeps posts out of every list, and of what is counted', async () => {
  using t = await withCaptions('The final score', 'A calm sea')
  expect((await t.api(t.bob, 'GET /inbox')).body.unread).toBe(2)
  const made = await t.mute('  SCÓRE ')
  expect([made.status, made.body, made.headers.get('location')]).toMatchObject([
    201,
    { text: 'score' },
    `/api/muted-words/${made.body.id}`,
  ])
  expect((await t.mute('score')).status).toBe(200)
  for (const list of ['/posts', '/inbox', '/explore', '/search?q=the', '/search?q=score'])
    expect([list, await t.captionsOf(list)]).toEqual([list, list.startsWith('/search') ? [] : ['A calm sea']])
  expect((await t.api(t.bob, 'GET /inbox')).body.unread).toBe(1)
  expect(await t.captionsOf('/posts', t.ann)).toHaveLength(2)
  expect(await t.captionsOf('/users/ann/posts')).toHaveLength(2) // who looks at a profile asked for it
  const own = await t.post(t.bob, { caption: 'My own score' })
  expect(await t.captionsOf('/posts')).toEqual(['My own score', 'A calm sea'])
  expect((await t.api(t.bob, `DELETE /muted-words/${made.body.id}`)).status).toBe(204)
  expect(await t.captionsOf('/posts')).toHaveLength(3)
  expect((await t.api(t.bob, `GET /posts/${own.id}`)).status).toBe(200)
})

/** Each word, the captions that it keeps out, and others like them that it does not. */
const WORDS: [word: string, muted: string[], shown: string[]][] = [
  ['cat', ['a cat', '#cat'], ['Cats and category', 'concat']],
  ['정치', ['정치는 싫어요', '정치인'], ['반정치', '경치']],
  ['개', ['개 좋아'], ['개발', '무지개']],
  ['政治', ['現代政治学'], ['政府']],
  ['new york', ['In New York, again'], ['York is new', 'new yorker']],
  ['#Sea', ['at #sea'], ['the sea', '#seaside']],
  ['#바다', ['#바다 좋아'], ['바다']],
]

test('words are muted as a whole, Korean ones with particles, Chinese ones anywhere, and tags only as tags', async () => {
  using t = await withCaptions(...WORDS.flatMap(([, muted, shown]) => [...muted, ...shown]))
  const all = await t.captionsOf('/posts?limit=100')
  for (const [word, muted] of WORDS) {
    const { id } = (await t.mute(word)).body
    const left = await t.captionsOf('/posts?limit=100')
    expect([word, all.filter((caption: string) => !left.includes(caption)).reverse()]).toEqual([word, muted])
    await t.api(t.bob, `DELETE /muted-words/${id}`)
  }
})

test('muted words belong to one person, are limited, and need a letter', async () => {
  using t = await withCaptions()
  expect(await t.mute('sea', null)).toEqual(problem(401, 'unauthenticated'))
  for (const text of ['', '  ', '!?', '#', 'x'.repeat(61)])
    expect([text, await t.mute(text)]).toEqual([text, problem(422, 'invalid')])
  const { id } = (await t.mute('"sea" OR *')).body // nothing of it is understood as a query
  expect((await t.api(t.ann, `DELETE /muted-words/${id}`)).status).toBe(204)
  expect((await t.api(t.bob, 'GET /muted-words')).body.items).toMatchObject([{ id, text: 'sea or' }])
  expect(await t.captionsOf('/posts')).toEqual([])
  for (let at = 1; at < 100; at++) await t.mute(`word ${at}`)
  expect(await t.mute('one more')).toEqual(problem(409, 'too_many_words'))
  const page = async (path: string) => (await t.request(path, { browser: t.bob })).text()
  expect(await page('/muted-words')).toContain('word 99')
  const form = await t.request('/muted-words', { method: 'POST', browser: t.bob, form: { text: '?' } })
  expect([form.status, await form.text()]).toEqual([422, expect.stringContaining('Enter a word or a #tag.')])
})
