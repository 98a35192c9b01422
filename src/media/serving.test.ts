import { expect, test } from 'bun:test'
import { type Somebody, TINY, testApp } from '../../test/harness'

/** Uses a real socket, because the web server handles ranges and lengths. */
async function withLink(env: Record<string, string> = {}) {
  const t = await testApp(env)
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  await t.api(bob, 'PUT /follows/ann')
  t.pass(1000)
  const post = await t.post(ann, { visibility: 'followers' })
  const linkOf = async (as: Somebody): Promise<string> =>
    (await t.api(as, `GET /posts/${post.id}`)).body.files[0].renditions.feed.url
  const server = t.listen()
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(new URL(path, server.url), {
      method,
      headers: { authorization: `Bearer ${bob.token}`, ...headers },
      redirect: 'manual',
    })
  const close = t[Symbol.dispose]
  return {
    ...t,
    ann,
    bob,
    post,
    linkOf,
    get,
    [Symbol.dispose]() {
      void server.stop(true)
      close()
    },
  }
}

test('a link that does not open says why in JSON, and on a page to who asks for one', async () => {
  using t = await withLink()
  const link = await t.linkOf(t.ann)
  const kindOf = async (accept: string, method = 'GET') => {
    const { status, headers } = await t.get(link, { accept }, method)
    return [status, headers.get('content-type')?.split(';')[0]]
  }
  for (const accept of ['application/json', '*/*', 'image/avif,image/webp,*/*;q=0.8'])
    expect([accept, await kindOf(accept)]).toEqual([accept, [403, 'application/problem+json']])
  expect(await kindOf('*/*', 'PUT')).toEqual([405, 'application/problem+json'])
  expect(await kindOf('text/html,application/xhtml+xml,*/*;q=0.8')).toEqual([403, 'text/html'])
})

test('media has the correct type and can be used only as a picture', async () => {
  using t = await withLink()
  const answer = await t.get(await t.linkOf(t.bob))
  expect([answer.status, await answer.text()]).toEqual([200, TINY])
  expect(Object.fromEntries([...answer.headers].filter(([name]) => !['date', 'etag'].includes(name)))).toMatchObject({
    'content-type': 'image/webp',
    'content-length': String(TINY.length),
    'cache-control': 'private, max-age=300',
    'content-security-policy': "default-src 'none'; sandbox",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  expect(answer.headers.get('set-cookie')).toBeNull()
})

test('a range is answered with a part, and an invalid range is refused', async () => {
  using t = await withLink()
  const link = await t.linkOf(t.bob)
  const part = async (range: string) => {
    const { status, headers, text } = await t
      .get(link, { range })
      .then(async (each) => ({ status: each.status, headers: each.headers, text: await each.text() }))
    return [status, headers.get('content-range'), text]
  }
  const all = TINY.length
  expect(await part('bytes=0-3')).toEqual([206, `bytes 0-3/${all}`, TINY.slice(0, 4)])
  expect(await part('bytes=5-')).toEqual([206, `bytes 5-${all - 1}/${all}`, TINY.slice(5)])
  expect(await part('bytes=-2')).toEqual([206, `bytes ${all - 2}-${all - 1}/${all}`, TINY.slice(-2)])
  expect((await part('bytes=100-'))[0]).toBe(416)
})

test('a client that already has the file gets a 304', async () => {
  using t = await withLink()
  const link = await t.linkOf(t.bob)
  const etag = (await t.get(link)).headers.get('etag')!
  expect(etag).toMatch(/^"[\w-]+"$/)
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const again = await t.get(link, { 'if-none-match': known })
    expect([
      known,
      again.status,
      await again.text(),
      again.headers.get('etag'),
      again.headers.get('cache-control'),
    ]).toEqual([known, 304, '', etag, 'private, max-age=300'])
  }
  expect((await t.get(link, { 'if-none-match': '"other"' })).status).toBe(200)
})

test('HEAD answers like GET without the bytes, and is refused in the same cases', async () => {
  using t = await withLink()
  const link = await t.linkOf(t.bob)
  const head = await t.get(link, {}, 'HEAD')
  expect([head.status, head.headers.get('content-length'), head.headers.get('content-type')]).toEqual([
    200,
    String(TINY.length),
    'image/webp',
  ])
  expect((await t.get(await t.linkOf(t.ann), {}, 'HEAD')).status).toBe(403)
})

test('unfollowing a followers-only author, a narrower audience and deletion end links at once', async () => {
  using t = await withLink()
  const status = async (link: string) => (await t.get(link)).status
  const first = await t.linkOf(t.bob)
  await t.api(t.bob, 'DELETE /follows/ann')
  expect(await status(first)).toBe(410)
  await t.api(t.ann, `PATCH /posts/${t.post.id}`, { visibility: 'everyone' })
  const second = await t.linkOf(t.bob)
  expect(await status(second)).toBe(200)
  await t.api(t.ann, `PATCH /posts/${t.post.id}`, { visibility: 'followers' })
  expect(await status(second)).toBe(410)
  await t.api(t.ann, `PATCH /posts/${t.post.id}`, { visibility: 'everyone' })
  const third = await t.linkOf(t.bob)
  await t.api(t.ann, `DELETE /posts/${t.post.id}`)
  expect(await status(third)).toBe(410)
})

test('a link is checked in this order: shape, signature, viewer, time, epochs, file', async () => {
  using t = await withLink()
  const link = await t.linkOf(t.bob)
  const forged = link.replace(/^(\/media\/\d+\/[\d.]+\/)[^/]+/, '$1x')
  const status = async (path: string, as: Somebody = t.bob) => (await t.request(path, { as })).status
  await t.api(t.ann, `DELETE /posts/${t.post.id}`)
  await t.runJobs() // the file is erased and its epoch is raised
  t.pass(13 * 3600_000) // the link has expired as well
  expect([
    await status(`${forged}/`),
    await status(forged, t.ann),
    await status(link, t.ann),
    await status(link),
  ]).toEqual([404, 403, 403, 410])
})

test('a link for everybody needs no account, and a link of a person who left opens nothing', async () => {
  using t = await withLink({ PINHOLE_ACCESS: 'public' })
  await t.api(t.ann, `PATCH /posts/${t.post.id}`, { visibility: 'everyone' })
  const anyone = await t.get(await t.linkOf(t.bob), { authorization: '' })
  expect([anyone.status, anyone.headers.get('cache-control')]).toEqual([200, 'public, max-age=3600'])
  await t.api(t.ann, `PATCH /posts/${t.post.id}`, { visibility: 'followers' })
  const link = await t.linkOf(t.bob)
  await t.api(t.bob, 'DELETE /sessions/current')
  expect((await t.get(link)).status).toBe(403)
})
