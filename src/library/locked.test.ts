import { expect, test } from 'bun:test'
import { type Json, type Somebody, TINY } from '../../test/harness'
import { type Market, market } from '../../test/market'

type Asker = Somebody | null
const FULL = '/full/'

/** Finds every media link in a text. */
const linksIn = (text: string) => [...text.matchAll(/\/media\/[\w./-]+/g)].map(([link]) => link)
const urlsOf = (post: Json, name?: string): string[] =>
  post.files.flatMap(({ renditions }: Json) =>
    Object.entries(renditions).flatMap(([key, { url }]: Json) => (!name || name === key ? [url] : [])),
  )

/** Ann sells two photos for 30 coins. Bob and Eve follow her, and Bob has bought them. */
async function sale(env = {}) {
  const m = await market(env)
  for (const fan of [m.bob, m.eve]) await m.api(fan, 'PUT /follows/ann')
  const fileIds = [await m.photo(m.ann), await m.photo(m.ann)]
  for (const id of fileIds) await m.api(m.ann, `PATCH /files/${id}`, { altText: 'a very private view' })
  const { body: item } = await m.api(m.ann, 'POST /posts', { fileIds, price: 30, caption: 'Two of them' })
  await m.runJobs()
  await m.grant(m.bob, 100)
  await m.buy(m.bob, item)
  return { ...m, item }
}

/** Collects every answer in which a person may come across a post. */
async function everywhere(m: Market, as: Asker, id: number): Promise<[path: string, text: string][]> {
  const paths = [
    '/posts',
    `/posts/${id}`,
    '/inbox',
    '/notifications',
    '/library',
    `/library/${id}`,
    '/users/ann',
    '/users/ann/posts',
    '/',
  ]
  const all = paths.flatMap((path) => [[`/api${path}`], [path], [path, 'part']])
  return Promise.all(
    all.map(async ([path, part]): Promise<[string, string]> => {
      const who = as && (path!.startsWith('/api') ? { as } : { browser: as })
      const answer = await m.request(path!, { ...who, ...(part && { headers: { 'hx-request': 'true' } }) })
      return [path!, await answer.text()]
    }),
  )
}

/**
 * Checks that no answer contains a link to more than the blurred photo, a link that opens when it is altered, or the
 * alt text.
 */
async function expectNothing(m: Market, as: Asker, id: number) {
  const answers = await everywhere(m, as, id)
  for (const [path, text] of answers) {
    expect([path, text.includes(FULL), text.includes('a very private view')]).toEqual([path, false, false])
    expect([path, text.includes('original')]).toEqual([path, false])
  }
  const links = new Set(answers.flatMap(([, text]) => linksIn(text)))
  for (const link of links) {
    const bent = [
      'full/full.webp',
      'full/feed.webp',
      'full/thumb.webp',
      'preview/../full/full.webp',
      'preview/%2e%2e/full/full.webp',
      'original',
    ]
    bent.push(
      'preview/full.webp',
      'preview/full/full.webp',
      'preview//full/full.webp',
      'preview/..%2ffull%2ffull.webp',
      'preview/original',
    )
    for (const tail of bent) {
      const answer = await m.request(link.replace(/preview\/blurred\.webp$/, tail), as ? { as } : {})
      expect([tail, [403, 404].includes(answer.status), await answer.text()]).toEqual([
        tail,
        true,
        expect.not.stringContaining(TINY),
      ])
    }
  }
  return links
}

test('a locked post contains exactly what the contract allows', async () => {
  using m = await sale()
  const { body } = await m.api(m.eve, `GET /posts/${m.item.id}`)
  expect(body).toMatchObject({ caption: 'Two of them', price: 30, locked: true, viewer: { own: false, bought: false } })
  expect(body.files.length).toBe(2)
  for (const [at, file] of body.files.entries())
    expect(file).toEqual({
      id: m.item.files[at].id,
      kind: 'image',
      width: 1,
      height: 1,
      duration: null,
      placeholder: 'data:image/webp;base64,',
      altText: null,
      renditions: {
        blurred: {
          url: expect.stringMatching(/^\/media\/.+\/preview\/blurred\.webp$/),
          type: 'image/webp',
          width: 1,
          height: 1,
        },
      },
      // identical for every locked file, so it reveals nothing
      status: 'ready',
      progress: 1,
      error: null,
      postId: null,
    })
  for (const as of [m.ann, m.bob]) {
    const { files, locked } = (await m.api(as, `GET /posts/${m.item.id}`)).body
    expect([locked, files[0].altText, Object.keys(files[0].renditions)]).toEqual([
      false,
      'a very private view',
      ['thumb', 'feed', 'full', 'blurred'],
    ])
  }
})

test('no list, page, fragment or notification shows more to people who have not paid', async () => {
  using m = await sale()
  const links = await expectNothing(m, m.eve, m.item.id)
  expect(links.size).toBe(2)
  for (const list of ['/posts', '/inbox', '/users/ann/posts'])
    expect((await m.api(m.eve, `GET ${list}`)).body.items).toMatchObject([{ id: m.item.id, locked: true }])
  expect((await m.api(m.eve, 'GET /notifications')).body.items).toMatchObject([
    { kind: 'post', post: { locked: true } },
  ])
  const bobs = await everywhere(m, m.bob, m.item.id)
  expect(bobs.filter(([, text]) => text.includes(FULL)).length).toBeGreaterThan(10)
})

test('a visitor of a public community sees no more either', async () => {
  using m = await sale({ PINHOLE_ACCESS: 'public' })
  const links = await expectNothing(m, null, m.item.id)
  expect(links.size).toBe(2)
  for (const url of urlsOf((await m.api(m.bob, `GET /posts/${m.item.id}`)).body))
    for (const init of [{}, { as: m.eve }]) expect((await m.request(url, init)).status).toBe(403)
  using members = await sale()
  await expectNothing(members, null, members.item.id)
})

test('a link of a buyer opens for that buyer only', async () => {
  using m = await sale()
  for (const buyer of [m.bob, m.ann])
    for (const url of urlsOf((await m.api(buyer, `GET /posts/${m.item.id}`)).body)) {
      const mine = await m.request(url, { browser: buyer })
      expect([mine.status, await mine.text(), mine.headers.get('cache-control')]).toEqual([
        200,
        TINY,
        'private, max-age=300',
      ])
      for (const init of [{ as: m.eve }, { browser: m.eve }, {}, { as: { token: 'x' } }])
        expect((await m.request(url, init)).status).toBe(403)
    }
  const [url] = urlsOf((await m.api(m.bob, `GET /posts/${m.item.id}`)).body, 'full')
  const forged = url!.replace(/^(\/media\/\d+\/)\d+/, `$1${m.eve.id}`)
  expect((await m.request(forged, { as: m.eve })).status).toBe(403)
})

test('originals and file addresses are for the author only', async () => {
  using m = await sale()
  const { id } = m.item.files[0]
  for (const as of [m.bob, m.eve]) {
    for (const path of [`/files/${id}`, `/files/${id}/original`])
      expect((await m.api(as, `GET ${path}`)).status).toBe(404)
    expect((await m.api(as, `PATCH /files/${id}`, { altText: 'x' })).status).toBe(404)
    expect((await m.api(as, 'POST /posts', { fileIds: [id] })).status).toBe(404)
    expect((await m.api(as, 'PATCH /users/account', { avatarFileId: id })).status).toBe(404)
  }
})

test('when a free post becomes paid, existing links end at once', async () => {
  for (const access of ['members', 'public']) {
    using m = await market({ PINHOLE_ACCESS: access })
    const item = await m.post(m.ann)
    const held = urlsOf((await m.api(m.eve, `GET /posts/${item.id}`)).body)
    for (const url of held) expect((await m.request(url, { as: m.eve })).status).toBe(200)
    await m.api(m.ann, `PATCH /posts/${item.id}`, { price: 30 })
    for (const url of held) expect([url, (await m.request(url, { as: m.eve })).status]).toEqual([url, 410])
    await expectNothing(m, m.eve, item.id)
    for (const url of urlsOf((await m.api(m.ann, `GET /posts/${item.id}`)).body))
      expect((await m.request(url, { as: m.ann })).status).toBe(200)
  }
})

test('a refund ends all links of the buyer', async () => {
  using m = await sale()
  const other = await m.post(m.ann, { price: 5 })
  await m.buy(m.bob, other)
  const links = urlsOf((await m.api(m.bob, `GET /posts/${other.id}`)).body)
  await m.api(m.boss, `DELETE /admin/posts/${m.item.id}`)
  await m.runJobs()
  // all their links end, and the page requests new ones
  for (const url of links) expect((await m.request(url, { as: m.bob })).status).toBe(410)
  for (const url of urlsOf((await m.api(m.bob, `GET /posts/${other.id}`)).body))
    expect((await m.request(url, { as: m.bob })).status).toBe(200)
})

/** The number of unread posts is read after the list, so it is the moment at which the list is as old as it gets. */
test('a list that was read before a post became paid has no links that work after it', async () => {
  for (const path of ['/api/inbox', '/inbox']) {
    using m = await market()
    await m.api(m.eve, 'PUT /follows/ann')
    const item = await m.post(m.ann)
    await m.runJobs()
    const { unreadPosts } = m.app
    m.app.unreadPosts = async (me) => {
      m.app.unreadPosts = unreadPosts
      expect((await m.api(m.ann, `PATCH /posts/${item.id}`, { price: 30 })).status).toBe(200)
      return unreadPosts(me)
    }
    const answer = await m.request(path, path.startsWith('/api') ? { as: m.eve } : { browser: m.eve })
    const links = linksIn(await answer.text()).filter((link) => link.includes(`/${item.files[0].id}.`))
    expect(links.some((link) => link.includes(FULL))).toBe(true)
    for (const link of links) expect([path, (await m.request(link, { as: m.eve })).status]).toEqual([path, 410])
  }
})

/** Signs links while a price or a refund is being written. Links issued in that moment must not open afterwards. */
test('nobody gets a working link while a post becomes paid', async () => {
  using m = await market({ PINHOLE_RATE_LIMITS: 'off' })
  await m.api(m.eve, 'PUT /follows/ann')
  await m.runJobs()
  const slipped: string[] = []
  for (let round = 0; round < 4; round++) {
    const item = await m.post(m.ann)
    await m.runJobs()
    const looks: Promise<[string, string]>[] = []
    const paths = [
      `/api/posts/${item.id}`,
      '/api/inbox',
      '/api/notifications',
      '/api/posts',
      `/posts/${item.id}`,
      '/inbox',
      '/notifications',
      '/users/ann',
    ]
    const look = () => {
      for (const path of paths)
        looks.push(
          Promise.resolve(m.request(path, path.startsWith('/api') ? { as: m.eve } : { browser: m.eve })).then(
            async (answer) => [path, await answer.text()],
          ),
        )
    }
    look()
    const change = m.api(m.ann, `PATCH /posts/${item.id}`, { price: 30 })
    for (let turn = 0; turn < 4; turn++) {
      look()
      await new Promise<void>((next) => setImmediate(next))
    }
    expect((await change).status).toBe(200)
    for (const [path, text] of await Promise.all(looks))
      for (const link of new Set(
        linksIn(text).filter((link) => link.includes(`/${item.files[0].id}.`) && link.includes(FULL)),
      ))
        if ((await m.request(link, { as: m.eve })).status === 200) slipped.push(path)
  }
  expect([...new Set(slipped)]).toEqual([])
})
