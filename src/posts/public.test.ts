import { expect, test } from 'bun:test'
import { type As, type Json, TINY, testApp } from '../../test/harness'

async function withPosts(env: Record<string, string> = { PINHOLE_ACCESS: 'public' }) {
  const t = await testApp(env)
  const ann = await t.user('ann')
  const open = await t.post(ann, { caption: 'Open <b> & #sea\nmore' })
  const paid = await t.post(ann, { caption: 'Paid #sea', price: 5 })
  const covered = await t.post(ann, { caption: 'Covered #sea', sensitive: true })
  const hidden = await t.post(ann, { caption: 'Hidden #sea', visibility: 'followers' })
  const later = await t.post(ann, { caption: 'Later #sea', publishAt: '2026-02-01T00:00:00Z' })
  const get = async (path: string, as?: As) => {
    const answer = await t.request(path, as ? { browser: as } : {})
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() }
  }
  return { ...t, ann, open, paid, covered, hidden, later, get }
}

const linksIn = (text: string) => [...text.matchAll(/\/media\/[\w./-]+/g)].map(([link]) => link)
const oembed = (id: number) => `/oembed?url=${encodeURIComponent(`http://localhost/posts/${id}`)}`

test('feeds of people and tags show what strangers may see: whole open posts, and previews of others', async () => {
  using t = await withPosts()
  for (const path of ['/users/ann/feed.xml', '/tags/sea/feed.xml'])
    for (const as of [undefined, t.ann]) {
      const { status, type, text } = await t.get(path, as)
      expect([status, type]).toEqual([200, 'application/atom+xml; charset=utf-8'])
      expect(text).toContain('<title>Open &lt;b&gt; &amp; #sea</title>')
      expect(text).toContain(`<link rel="alternate" type="text/html" href="http://localhost/posts/${t.open.id}"/>`)
      for (const secret of ['Hidden', 'Later']) expect(text).not.toContain(secret)
      expect(text.match(/<link rel="enclosure"/g)).toHaveLength(1)
      // Of a locked and of a covered post there are 32 blurred pixels, of the open one the picture and its enclosure.
      const links = linksIn(text)
      expect(links.filter((link) => link.includes('/full/'))).toHaveLength(2)
      expect(links.filter((link) => link.includes('/preview/blurred'))).toHaveLength(2)
      for (const link of links) expect(await (await t.request(link)).text()).toBe(TINY)
    }
  expect((await t.get('/users/nobody/feed.xml')).status).toBe(404)
})

test('a member finds nobody in feeds and cards with whom there is a block', async () => {
  using t = await withPosts()
  const bob = await t.user('bob')
  await t.api(t.ann, 'PUT /blocks/bob')
  expect((await t.get('/users/ann/feed.xml', bob)).status).toBe(404)
  expect((await t.get('/tags/sea/feed.xml', bob)).text).not.toContain('<entry>')
  expect((await t.get(oembed(t.open.id), bob)).status).toBe(404)
})

test('oEmbed answers for posts that strangers may see, and for addresses of this server', async () => {
  using t = await withPosts()
  const ask = async (id: number, more = '') => {
    const { status, text } = await t.get(oembed(id) + more)
    return status === 200 ? JSON.parse(text) : status
  }
  const photo: Json = await ask(t.open.id)
  expect(photo).toMatchObject({
    version: '1.0',
    type: 'photo',
    author_name: 'ann',
    author_url: 'http://localhost/users/ann',
    width: 1,
    height: 1,
  })
  expect(photo.url).toContain('/full/feed')
  for (const { id } of [t.paid, t.covered]) {
    const card = await ask(id)
    expect([card.type, card.url, linksIn(card.thumbnail_url)[0]]).toEqual([
      'link',
      undefined,
      expect.stringContaining('/preview/blurred'),
    ])
  }
  expect([await ask(t.hidden.id), await ask(t.later.id), await ask(999)]).toEqual([404, 404, 404])
  expect((await t.get(`/oembed?url=${encodeURIComponent(`https://other.example/posts/${t.open.id}`)}`)).status).toBe(
    404,
  )
  expect((await t.get(`${oembed(t.open.id)}&format=xml`)).status).toBe(501)
})

test('pages of posts and profiles carry cards for strangers, with the preview of a locked post only', async () => {
  using t = await withPosts()
  const image = async (id: number) =>
    /property="og:image" content="([^"]+)"/.exec((await t.get(`/posts/${id}`)).text)?.[1]
  expect(await image(t.open.id)).toMatch(/^http:\/\/localhost\/media\/.+\/full\/feed/)
  for (const { id } of [t.paid, t.covered]) expect(await image(id)).toContain('/preview/blurred')
  const page = (await t.get(`/posts/${t.open.id}`)).text
  expect(page).toContain('<meta property="og:description" content="Open &lt;b&gt; &amp; #sea')
  expect((await t.get(`/posts/${t.open.id}`, t.ann)).text).not.toContain('og:')
  expect((await t.get('/users/ann')).text).toContain('href="/users/ann/feed.xml"')
  expect((await t.get('/tags/sea')).text).toContain('href="/tags/sea/feed.xml"')
})

test('the sitemap names what strangers may open', async () => {
  using t = await withPosts()
  const { text } = await t.get('/sitemap.xml')
  const paths = [...text.matchAll(/<loc>http:\/\/localhost([^<]+)<\/loc>/g)].map(([, path]) => path)
  expect(paths.sort()).toEqual(
    [t.open, t.paid, t.covered]
      .map(({ id }) => `/posts/${id}`)
      .concat('/users/ann')
      .sort(),
  )
  for (const path of paths) expect((await t.get(path!)).status).toBe(200)
  expect((await t.get('/robots.txt')).text).toContain('Sitemap: http://localhost/sitemap.xml')
})

test('a members-only community shows none of this to anybody', async () => {
  using t = await withPosts({})
  for (const path of ['/users/ann/feed.xml', '/tags/sea/feed.xml', oembed(t.open.id), '/sitemap.xml']) {
    expect([path, (await t.get(path, t.ann)).status]).toEqual([path, 404])
    expect([303, 404]).toContain((await t.get(path)).status)
  }
  expect((await t.get(`/posts/${t.open.id}`, t.ann)).text).not.toContain('og:')
  expect((await t.get('/robots.txt')).text).not.toContain('Sitemap')
})

test('the menu of a post offers what fits the viewer, and works as a page', async () => {
  using t = await withPosts()
  const [bob, buyer] = [await t.user('bob'), await t.user('buyer')]
  const menu = async (id: number, as?: As) => (await t.get(`/posts/${id}/menu`, as)).text
  await t.api(bob, 'PUT /follows/ann')
  const [own, theirs, strange] = [await menu(t.open.id, t.ann), await menu(t.open.id, bob), await menu(t.open.id)]
  for (const text of [own, theirs, strange]) expect(text).toContain(`value="http://localhost/posts/${t.open.id}"`)
  expect([own.includes('/original"'), theirs.includes('/original"'), strange.includes('/original"')]).toEqual([
    true,
    false,
    false,
  ])
  for (const part of ['/follows/ann?_method=DELETE', '/mutes/ann?_method=PUT', `/reports/new?postId=${t.open.id}`])
    expect([own.includes(part), theirs.includes(part), strange.includes(part)]).toEqual([false, true, false])
  for (const part of [`/posts/${t.open.id}/edit`, `action="/posts/${t.open.id}?_method=DELETE"`])
    expect([own.includes(part), theirs.includes(part), strange.includes(part)]).toEqual([true, false, false])
  expect(await menu(t.paid.id, buyer)).not.toContain(' download')
  await t.api(await t.user('boss', { role: 'admin' }), 'POST /admin/users/buyer/grants', { coins: 10 })
  await t.api(buyer, `PUT /library/${t.paid.id}`, { price: 5 })
  expect(await menu(t.paid.id, buyer)).toMatch(/href="\/media\/[^"]+\/full\/full[^"]*" download/)
  expect((await t.get(`/posts/${t.hidden.id}/menu`, buyer)).status).toBe(404)
  expect((await t.get(`/posts/${t.later.id}/menu`, buyer)).status).toBe(404)
})

test('authors find one way to edit a post on its page, also before it is out, and downloads are one row', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const page = async (path: string) => (await t.request(path, { browser: ann })).text()
  const out = await t.post(ann, { fileIds: [await t.photo(ann), await t.photo(ann), await t.photo(ann)] })
  const later = await t.post(ann, { publishAt: new Date(+t.app.now() + 3600_000).toISOString() })
  const waysIn = async ({ id, status }: { id: number; status: string }) => {
    const all = (await page(`/posts/${id}`)) + (status === 'published' ? await page(`/posts/${id}/menu`) : '')
    return all.split(`href="/posts/${id}/edit"`).length - 1
  }
  expect([out.status, later.status]).toEqual(['published', 'scheduled'])
  expect([await waysIn(out), await waysIn(later)]).toEqual([1, 1])
  const menu = await page(`/posts/${out.id}/menu`)
  expect(menu).toMatch(
    /<summary[^>]*>(?:(?!<\/summary>).)*Download 3 files.*<\/summary>(<a href="\/files\/\d+\/original" download.*?<\/a>){3}<\/details>/s,
  )
  const single = await t.post(ann, {})
  const alone = await page(`/posts/${single.id}/menu`)
  expect([alone.includes('<details class="fold">'), alone.split(' download').length - 1]).toEqual([false, 1])
})

test('addresses in captions, comments and bios are links that tell the other site nothing', async () => {
  using t = await withPosts()
  const { id } = await t.post(t.ann, {
    caption: 'See (https://www.example.org/a_b?c=1#d), http://x.example/@bob. javascript:alert(1)',
  })
  const html = (await t.get(`/posts/${id}`, t.ann)).text
  const rel = 'rel="nofollow noopener noreferrer external ugc"'
  expect(html).toContain(
    `(<a class="named" href="https://www.example.org/a_b?c=1#d" ${rel}>example.org/a_b?c=1#d</a>), `,
  )
  expect(html).toContain(`<a class="named" href="http://x.example/@bob" ${rel}>x.example/@bob</a>. javascript:alert(1)`)
  const { id: korean } = await t.post(t.ann, { caption: '주소는https://ko.example, 지도https://map.example/a' })
  const linked = (await t.get(`/posts/${korean}`, t.ann)).text
  expect(linked).toContain(`주소는<a class="named" href="https://ko.example" ${rel}>`)
  expect(linked).toContain(`지도<a class="named" href="https://map.example/a" ${rel}>`)
  const { id: inWord } = await t.post(t.ann, { caption: 'xhttps://x.example Zhttps://z.example 7https://7.example' })
  expect((await t.get(`/posts/${inWord}`, t.ann)).text).not.toContain('href="https://')
  await t.api(t.ann, 'PATCH /users/account', { bio: 'https://ann.example and @ann' })
  const profile = (await t.get('/users/ann')).text
  expect(profile).toContain(`href="https://ann.example" ${rel}>ann.example</a> and <a class="named" href="/users/ann">`)
  expect((await t.get('/users/ann/qr', t.ann)).text).toContain('value="http://localhost/users/ann"')
})
