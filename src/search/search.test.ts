import { expect, test } from 'bun:test'
import { type As, type Json, type TestApp, testApp } from '../../test/harness'
import { onPostgres } from '../../test/postgres/databases'

type Lists = { posts: string[]; users: string[]; tags: string[] }

/** Searches as JSON and returns captions, handles and tags, in order. */
async function search(t: TestApp, as: As | null, q: string, more = ''): Promise<Lists> {
  const { status, body } = await t.api(as, `GET /search?q=${encodeURIComponent(q)}${more}`)
  if (status !== 200) throw new Error(`The search failed: ${status} ${JSON.stringify(body)}`)
  return {
    posts: (body.posts?.items ?? []).map((post: Json) => post.caption),
    users: (body.users?.items ?? []).map((user: Json) => user.handle),
    tags: (body.tags?.items ?? []).map((tag: Json) => tag.tag),
  }
}

/** Two members, with the captions of the first. */
async function withCaptions(...captions: string[]) {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const posts: Json[] = []
  for (const caption of captions) posts.push(await t.post(ann, { caption }))
  return { ...t, ann, bob, posts, find: async (q: string) => (await search(t, bob, q)).posts }
}

test('captions are found by parts of words in any script, also by two letters', async () => {
  using t = await withCaptions('겨울바다에서 본 일출', '東京タワーの夜景', '北京的秋天', 'Fog over the harbour')
  expect(await t.find('바다')).toEqual(['겨울바다에서 본 일출'])
  expect(await t.find('바')).toEqual(['겨울바다에서 본 일출'])
  expect(await t.find('夜景')).toEqual(['東京タワーの夜景'])
  expect(await t.find('タワ')).toEqual(['東京タワーの夜景'])
  expect(await t.find('京')).toEqual(['北京的秋天', '東京タワーの夜景'])
  expect(await t.find('秋天')).toEqual(['北京的秋天'])
  expect(await t.find('rbo')).toEqual(['Fog over the harbour'])
  expect(await t.find('og')).toEqual(['Fog over the harbour'])
  expect(await t.find('harbour fog')).toEqual(['Fog over the harbour'])
  expect(await t.find('fog 바다')).toEqual([])
  expect(await t.find('다바')).toEqual([])
})

test('case, accents and compatible characters make no difference', async () => {
  using t = await withCaptions('Café Ｇａｒｄｅｎ', 'STRASSE', 'ｶﾞｰﾃﾞﾝ', 'Ёлка')
  expect(await t.find('CAFE')).toEqual(['Café Ｇａｒｄｅｎ'])
  expect(await t.find('cafe\u0301 garden')).toEqual(['Café Ｇａｒｄｅｎ'])
  expect(await t.find('straße')).toEqual(['STRASSE'])
  expect(await t.find('ガーデン')).toEqual(['ｶﾞｰﾃﾞﾝ'])
  expect(await t.find('カー')).toEqual([]) // this mark makes another letter
  expect(await t.find('елк')).toEqual(['Ёлка'])
  expect(await t.find('바다'.normalize('NFD'))).toEqual([])
})

test('Korean is found by its first consonants, also where some syllables are complete', async () => {
  using t = await withCaptions('한강 산책', 'ㅋㅋㅋ 재밌다')
  const kim = await t.user('kim_ms')
  await t.api(kim, 'PATCH /users/account', { displayName: '김민수' })
  const people = async (q: string) => (await search(t, t.bob, q)).users
  expect(await people('ㄱㅁㅅ')).toEqual(['kim_ms'])
  expect(await people('ㅁㅅ')).toEqual(['kim_ms'])
  expect(await people('ㄱ')).toEqual(['kim_ms'])
  expect(await people('김ㅁㅅ')).toEqual(['kim_ms'])
  expect(await people('민ㅅ')).toEqual(['kim_ms'])
  expect(await people('박ㅁ')).toEqual([])
  expect(await people('ㄱㅅ')).toEqual([])
  expect(await t.find('ㅎㄱ ㅅㅊ')).toEqual(['한강 산책'])
  expect(await t.find('ㅋㅋ')).toEqual(['ㅋㅋㅋ 재밌다'])
  const { body } = await t.api(t.ann, 'GET /users/kim_ms')
  expect(body.displayName).toBe('김민수')
  await t.post(t.ann, { caption: '각서' })
  expect(await t.find('ㄳ')).toEqual(['각서']) // keyboards combine two consonants
})

test('exact words come before beginnings, these before parts, and then the later post comes first', async () => {
  using t = await withCaptions('sea', 'seaside', 'overseas', 'the sea again', 'seagull', 'undersea')
  expect(await t.find('sea')).toEqual(['the sea again', 'sea', 'seagull', 'seaside', 'undersea', 'overseas'])
})

test('people are ordered by followers, and tags by posts', async () => {
  using t = await withCaptions('#dawn_one', '#dawn_two', 'again #dawn_one')
  for (const handle of ['mina', 'minb', 'xmin']) await t.user(handle)
  for (const fan of [t.ann, t.bob]) await t.api(fan, 'PUT /follows/xmin')
  await t.api(t.ann, 'PUT /follows/mina')
  expect((await search(t, t.bob, 'min')).users).toEqual(['mina', 'minb', 'xmin'])
  expect((await search(t, t.bob, 'dawn')).tags).toEqual(['dawn_one', 'dawn_two'])
  const { body } = await t.api(t.bob, 'GET /search?q=dawn&in=tags')
  expect(body).toEqual({
    tags: {
      items: [
        { tag: 'dawn_one', posts: 2 },
        { tag: 'dawn_two', posts: 1 },
      ],
      nextCursor: null,
    },
  })
})

test('one list is paged without a row twice or skipped, across all ranks', async () => {
  using t = await withCaptions(...['sea', 'seal', 'oversea', 'sea b', 'seam', 'undersea', 'sea c'])
  for (const handle of ['sea_a', 'seaman', 'oversea']) await t.user(handle)
  const walk = async (list: 'posts' | 'users', name: string) => {
    const seen: string[] = []
    let path: string | undefined = `/api/search?q=sea&in=${list}&limit=1`
    while (path) {
      const answer = await t.request(path, { as: t.bob })
      const page = (await answer.json())[list]
      seen.push(...page.items.map((item: Json) => item[name]))
      expect(seen.length).toBeLessThan(20)
      path = /^<(.+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
      expect(path?.includes(`cursor=${page.nextCursor}`)).toBe(page.nextCursor ? true : undefined)
    }
    return seen
  }
  expect(await walk('posts', 'caption')).toEqual(['sea c', 'sea b', 'sea', 'seam', 'seal', 'undersea', 'oversea'])
  expect(await walk('users', 'handle')).toEqual(['sea_a', 'seaman', 'oversea'])
})

test('a query is judged before anything is searched', async () => {
  using t = await withCaptions('sea')
  const refused = async (query: string) => {
    const { status, body } = await t.api(t.bob, `GET /search?${query}`)
    return [status, ...(body.errors ?? []).map(({ path }: Json) => path)]
  }
  expect(await refused('q=sea&in=coins')).toEqual([422, 'in'])
  expect(await refused(`q=${'a'.repeat(101)}`)).toEqual([422, 'q'])
  expect(await refused('q=sea&cursor=1_1')).toEqual([422, 'cursor'])
  expect(await refused('q=sea&in=posts&limit=0')).toEqual([422, 'limit'])
  const nothing = { items: [], nextCursor: null }
  for (const q of ['', '%20', '%22%27*)', '%E2%80%8B', 'AND%20%22'])
    expect((await t.api(t.bob, `GET /search?q=${q}`)).body).toEqual({ posts: nothing, users: nothing, tags: nothing })
  expect(Object.keys((await t.api(t.bob, 'GET /search?q=sea&in=posts,tags')).body).sort()).toEqual(['posts', 'tags'])
})

test('the index follows edits, deletions and new names', async () => {
  using t = await withCaptions('old words #old')
  const [{ id }] = t.posts
  await t.api(t.ann, `PATCH /posts/${id}`, { caption: 'new words #new' })
  expect(await t.find('old')).toEqual([])
  expect(await t.find('new')).toEqual(['new words #new'])
  expect((await search(t, t.bob, 'o')).tags).toEqual([])
  expect((await search(t, t.bob, 'new')).tags).toEqual(['new'])
  await t.api(t.ann, `PATCH /posts/${id}`, { price: 3 })
  expect(await t.find('new')).toEqual(['new words #new'])
  await t.api(t.ann, `PATCH /posts/${id}`, { caption: '' })
  expect(await t.find('words')).toEqual([])
  await t.api(t.ann, `PATCH /posts/${id}`, { caption: 'last #words' })
  await t.api(t.ann, `DELETE /posts/${id}`)
  expect(await search(t, t.bob, 'words')).toEqual({ posts: [], users: [], tags: [] })

  await t.api(t.ann, 'PATCH /users/account', { displayName: 'Cloud Watcher' })
  expect((await search(t, t.bob, 'watch')).users).toEqual(['ann'])
  await t.api(t.ann, 'PATCH /users/account', { displayName: 'Ann' })
  expect((await search(t, t.bob, 'watch')).users).toEqual([])
})

test('nothing of a deleted account is found, or left in the indexes', async () => {
  using t = await testApp()
  const leaver = await t.user('leaver', { password: 'a long password' })
  const bob = await t.user('bob')
  await t.post(leaver, { caption: 'last light #farewell' })
  await t.api(leaver, 'DELETE /users/account', { password: 'a long password', immediately: true })
  expect(await search(t, bob, 'leaver')).toEqual({ posts: [], users: [], tags: [] })
  expect(await search(t, bob, 'light')).toEqual({ posts: [], users: [], tags: [] })
  await t.runJobs()
  using db = t.openDatabase()
  const rows = ['captions', 'names', 'tag_names', 'tags', 'tagged'].map(
    (table) => db.query<{ n: number }, []>(`select count(*) as n from ${table}`).get()!.n,
  )
  expect(rows).toEqual([0, 1, 0, 0, 0]) // the name of bob
})

test('posts are found only by those who may see them', async () => {
  using t = await testApp()
  const [ann, fan, stranger] = [await t.user('ann'), await t.user('fan'), await t.user('stranger')]
  await t.api(fan, 'PUT /follows/ann')
  await t.post(ann, { caption: 'open sea' })
  await t.post(ann, { caption: 'friends sea #inner', visibility: 'followers' })
  await t.post(ann, { caption: 'paid sea', price: 5 })
  expect((await search(t, stranger, 'sea')).posts).toEqual(['paid sea', 'open sea'])
  expect((await search(t, stranger, 'inner')).tags).toEqual([])
  expect((await search(t, fan, 'sea')).posts).toEqual(['paid sea', 'friends sea #inner', 'open sea'])
  expect((await search(t, fan, 'inner')).tags).toEqual(['inner'])
  const { body } = await t.api(stranger, 'GET /search?q=paid')
  expect(body.posts.items[0]).toMatchObject({ locked: true, caption: 'paid sea' })
  expect(body.posts.items[0].files[0]).toMatchObject({ altText: null })
  await t.api(ann, 'PATCH /files/3', { altText: 'a lighthouse' })
  expect((await search(t, fan, 'lighthouse')).posts).toEqual([])
})

test('blocks, suspensions and mutes hold in searches', async () => {
  using t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const boss = await t.user('boss', { role: 'admin' })
  await t.post(ann, { caption: 'open sea #shore' })
  const all = { posts: ['open sea #shore'], users: [], tags: ['shore'] }
  const none = { posts: [], users: [], tags: [] }
  expect(await search(t, bob, 'shore')).toEqual(all)
  expect((await search(t, bob, 'ann')).users).toEqual(['ann'])

  await t.api(bob, 'PUT /mutes/ann')
  expect(await search(t, bob, 'shore')).toEqual(none)
  expect((await search(t, bob, 'ann')).users).toEqual(['ann'])
  await t.api(bob, 'DELETE /mutes/ann')

  for (const [blocker, blocked] of [
    [ann, 'bob'],
    [bob, 'ann'],
  ] as const) {
    await t.api(blocker, `PUT /blocks/${blocked}`)
    expect([await search(t, bob, 'shore'), await search(t, bob, 'ann')]).toEqual([none, none])
    expect((await t.api(bob, 'GET /tags/shore')).body.items).toEqual([])
    expect((await t.api(bob, 'GET /explore')).body.items).toEqual([])
    expect((await t.api(bob, 'GET /users?near=ann')).body.items).toEqual([])
    await t.api(blocker, `DELETE /blocks/${blocked}`)
  }
  await t.api(boss, 'PUT /admin/users/ann/suspension', { reason: 'Spam.' })
  for (const as of [bob, boss]) expect([await search(t, as, 'shore'), await search(t, as, 'ann')]).toEqual([none, none])
  await t.api(boss, 'DELETE /admin/users/ann/suspension')
  expect(await search(t, bob, 'shore')).toEqual(all)
})

test('visitors search in a public community, and nowhere else', async () => {
  for (const [access, status] of [
    ['members', 401],
    ['public', 200],
  ] as const) {
    using t = await testApp({ PINHOLE_ACCESS: access })
    const ann = await t.user('ann')
    await t.post(ann, { caption: 'open sea #shore' })
    await t.post(ann, { caption: 'friends sea #shore', visibility: 'followers' })
    for (const path of ['/search?q=sea', '/tags/shore', '/explore', '/users?near=ann', '/users']) {
      const answer = await t.request(`/api${path}`)
      expect([path, answer.status]).toEqual([path, status])
      expect(await answer.text()).not.toContain('friends')
      expect((await t.request(path)).status).toBe(access === 'public' ? 200 : 303)
    }
    if (access === 'public') expect((await search(t, null, 'sea')).posts).toEqual(['open sea #shore'])
  }
})

test('unpublished posts are not found, not even by their author', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const body = new FormData()
  body.append('file', new File(['not a photo yet'], 'a.jpg'))
  const { id } = await (await t.request('/api/files', { method: 'POST', as: ann, body })).json()
  await t.api(ann, 'POST /posts', { caption: 'soon #soon', fileIds: [id] })
  expect(await search(t, ann, 'soon')).toEqual({ posts: [], users: [], tags: [] })
})

test.skipIf(onPostgres)('every query of a search uses an index', async () => {
  using t = await withCaptions('sea #sea')
  const queries = await t.queriesOf(async () => {
    for (const as of [t.bob, t.ann]) {
      await t.api(as, 'GET /search?q=sea')
      await t.api(as, 'GET /tags/sea')
      await t.api(as, 'GET /explore')
      await t.api(as, 'GET /users?near=sea')
      await t.api(as, 'GET /users')
    }
  })
  using db = t.openDatabase()
  const plans = [...new Set(queries)].flatMap((sql) =>
    db
      .query<{ detail: string }, (string | number)[]>(`explain query plan ${sql}`)
      .all(...(sql.match(/\?/g) ?? []).map(() => 1))
      .map(({ detail }) => detail),
  )
  expect(plans.length).toBeGreaterThan(10)
  // `json_each` is a list of ids in the query itself; a virtual table index is the search index; `some` are
  // posts that another query has found.
  const full = plans.filter((plan) =>
    /^SCAN (?!some$|.*(VIRTUAL TABLE INDEX|USING .*INDEX|CONSTANT ROW|SUBQUERY|co-routine))/.test(plan),
  )
  expect(full).toEqual([])
  expect(plans.filter((plan) => /captions VIRTUAL TABLE/.test(plan)).length).toBeGreaterThan(0)
})

test('whoever follows nobody finds people to follow on the main page, until they follow somebody', async () => {
  using t = await withCaptions('Fog')
  const offers = async (who?: As) => {
    const page = await (await t.request('/', { browser: who })).text()
    return [page.includes('People to follow'), page.includes('Follow ann')]
  }
  expect(await offers(t.bob)).toEqual([true, true])
  await t.api(t.bob, 'PUT /follows/ann')
  expect([await offers(t.bob), await offers()]).toEqual([
    [false, false],
    [false, false],
  ])
})
