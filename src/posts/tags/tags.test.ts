import { expect, test } from 'bun:test'
import { tagsIn } from '../../../shapes/tags'
import { type As, type Json, type TestApp, testApp } from '../../../test/harness'

const captionsOf = async (t: TestApp, as: As | null, tag: string, more = '') => {
  const { status, body } = await t.api(as, `GET /tags/${encodeURIComponent(tag)}${more}`)
  return status === 200 ? body.items.map(({ caption }: Json) => caption) : status
}

test('a tag is letters, digits and underscores of any script after a #, outside of words and addresses', () => {
  expect(tagsIn('#sea, #Sea #겨울바다에서! (#東京タワー) ＃全角 #été_2026 #हिन्दी #7')).toEqual([
    'sea',
    '겨울바다에서',
    '東京タワー',
    '全角',
    'été_2026',
    'हिन्दी',
    '7',
  ])
  expect(tagsIn('no#tag https://a.example/#part a@#b ##twice #a#b # alone &#39; #')).toEqual(['a'])
  expect(tagsIn('#바다'.normalize('NFD'))).toEqual(['바다'])
  expect(tagsIn(`#${'a'.repeat(51)}`)).toEqual([])
  expect(tagsIn(Array.from({ length: 40 }, (_, at) => `#t${at}`).join(' '))).toHaveLength(30)
})

test('the page of a tag lists its posts, newest first, without regard to case', async () => {
  using t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  for (const caption of ['one #Sea', 'two #sea #바다', 'three #seaside']) {
    t.pass(1000)
    await t.post(ann, { caption })
  }
  expect(await captionsOf(t, bob, 'SEA')).toEqual(['two #sea #바다', 'one #Sea'])
  expect(await captionsOf(t, bob, '바다')).toEqual(['two #sea #바다'])
  expect(await captionsOf(t, bob, 'nobody')).toEqual([])
  expect(await captionsOf(t, bob, 'a b')).toBe(404)
  const first = await t.request('/api/tags/sea?limit=1', { as: bob })
  const next = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1]
  expect((await (await t.request(next!, { as: bob })).json()).items).toMatchObject([{ caption: 'one #Sea' }])
  await t.post(ann, { caption: 'four #바다' })
  const korean = await t.request(`/api/tags/${encodeURIComponent('바다')}?limit=1`, { as: bob })
  const then = /^<(.+)>; rel="next"$/.exec(korean.headers.get('link') ?? '')?.[1]
  expect((await (await t.request(then!, { as: bob })).json()).items).toMatchObject([{ caption: 'two #sea #바다' }])
})

test('tags follow edits and deletions of posts, and forgotten tags leave nothing', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const post = await t.post(ann, { caption: '#one #two' })
  const other = await t.post(ann, { caption: '#two' })
  await t.api(ann, `PATCH /posts/${post.id}`, { caption: '#two #three' })
  expect([await captionsOf(t, ann, 'one'), await captionsOf(t, ann, 'three')]).toEqual([[], ['#two #three']])
  await t.api(ann, `DELETE /posts/${post.id}`)
  using db = t.openDatabase()
  const rows = () => db.query('select tag, posts from tags').values()
  expect(rows()).toEqual([['two', 1]])
  await t.api(ann, `DELETE /posts/${other.id}`)
  expect([rows(), db.query('select * from tagged').values()]).toEqual([[], []])
})

test('captions link to tags and people, and show nothing else as a link', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const { id } = await t.post(ann, { caption: 'With @ann, #겨울_바다 & no#tag <b>' })
  const html = await (await t.request(`/posts/${id}`, { browser: ann })).text()
  expect(html).toContain(
    `With <a class="named" href="/users/ann">@ann</a>, ` +
      `<a class="named" href="/tags/${encodeURIComponent('겨울_바다')}">#겨울_바다</a> &amp; no#tag &lt;b&gt;`,
  )
})

test('the page of a tag shows posts, and an empty one leads on', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const { id } = await t.post(ann, { caption: '#sea' })
  const page = async (path: string) => (await t.request(path, { browser: ann })).text()
  expect(await page('/tags/sea')).toContain(`href="/posts/${id}"`)
  expect(await page('/tags/land')).toContain('There are no posts with #land for you.')
})
