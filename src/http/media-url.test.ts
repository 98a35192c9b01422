import { expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { testApp } from '../../test/harness'
import { until } from '../../test/until'
import { files } from '../files/table'
import { watchRevoked } from '../revoked'
import { SESSION_MS } from '../sessions/model'
import { raiseEpoch } from '../users/model'

async function withPhoto() {
  const t = await testApp({ PINHOLE_ACCESS: 'public' })
  const [ann, eve] = [await t.user('ann'), await t.user('eve')]
  const file = await t.photo(ann)
  const { mediaUrls } = t.app
  const url = (viewer: number, asOf = mediaUrls.moment()) => mediaUrls.urlOf({ viewer, file, asOf }, 'full/feed.webp')
  const status = async (path: string, as?: typeof ann) => (await t.request(path, { as })).status
  return { ...t, ann, eve, url, status }
}

test('a link opens one class of one file, for the person it was given to', async () => {
  using t = await withPhoto()
  const own = await t.request(t.url(t.ann.id), { as: t.ann })
  expect([own.status, await own.text(), own.headers.get('cache-control')]).toEqual([
    200,
    'tiny bytes',
    'private, max-age=300',
  ])
  expect(await t.status(t.url(t.ann.id).replace('/full/feed', '/full/thumb'), t.ann)).toBe(200)
  expect((await t.request(t.url(t.ann.id), { browser: t.ann })).status).toBe(200)
  expect((await t.request(t.url(0))).headers.get('cache-control')).toBe('public, max-age=3600')
  const url = t.url(t.ann.id)
  t.pass(60_000)
  expect(t.url(t.ann.id)).toBe(url)
})

test('a malformed link is 404', async () => {
  using t = await withPhoto()
  const url = t.url(0)
  for (const path of [
    url.replace('/full/', '/raw/'),
    url.replace('feed', '%2e%2e/feed'),
    url.replace('feed', '.feed'),
    `${url}/`,
    '/media/1',
    url.replace('0.0', '0'),
  ])
    expect([path, await t.status(path)]).toEqual([path, 404])
})

test('a wrong signature is 403, whatever else is wrong', async () => {
  using t = await withPhoto()
  const parts = t.url(t.ann.id).split('/')
  const put = (at: number, text: string) => parts.map((part, i) => (i === at ? text : part)).join('/')
  const signature = parts[4]!
  const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const sibling = last[last.indexOf(signature.at(-1)!) ^ 1]! // encodes the same bytes differently
  const forged = ['', 'x', `${signature}=`, signature.slice(0, -1), signature.slice(0, -1) + sibling].map((text) =>
    put(4, text),
  )
  for (const path of [
    ...forged,
    put(2, '9999999999'),
    put(2, '1'),
    put(3, `${t.eve.id}.0`),
    put(3, '0.0'),
    put(5, '2.0'),
    put(5, '1.1'),
    put(6, 'preview'),
  ])
    expect(await t.status(path, t.ann)).toBe(403)
})

test('another person, a visitor and a person who signed out get 403, even when the link has expired', async () => {
  using t = await withPhoto()
  const url = t.url(t.ann.id)
  expect([await t.status(url, t.eve), await t.status(url)]).toEqual([403, 403])
  await t.api(t.ann, 'DELETE /sessions/current')
  expect(await t.status(url, t.ann)).toBe(403)
  t.pass(13 * 3600_000)
  expect(await t.status(url, t.eve)).toBe(403)
})

test('an expired link is 410, and no cache keeps the file longer', async () => {
  using t = await withPhoto()
  const url = t.url(0)
  t.pass(12 * 3600_000 - 60_000)
  expect((await t.request(url)).headers.get('cache-control')).toBe('public, max-age=60')
  t.pass(60_000)
  expect([await t.status(url), await t.status(t.url(0))]).toEqual([410, 200])
})

test('a raised epoch is 410 at once, even when another process raised it', async () => {
  using t = await withPhoto()
  const [mine, theirs] = [t.url(t.ann.id), t.url(t.eve.id)]
  await t.app.write((tx) => raiseEpoch(tx, t.ann.id, t.app.now()))
  expect([await t.status(mine, t.ann), await t.status(theirs, t.eve), await t.status(t.url(t.ann.id), t.ann)]).toEqual([
    410, 200, 200,
  ])
  await t.app.write((tx) => tx.update(files).set({ epoch: 1, epochAt: t.app.now() }).where(eq(files.id, 1)))
  expect([await t.status(theirs, t.eve), await t.status(t.url(t.eve.id), t.eve)]).toEqual([410, 200])
  const before = t.url(0)
  using other = t.openDatabase()
  other.run('update files set epoch = 2')
  await until('the link of before is refused', async () => (await t.status(before)) === 410)
  expect(await t.status(t.url(0))).toBe(200)
})

test('a link made from what was read before an epoch was raised does not open', async () => {
  using t = await withPhoto()
  const before = t.app.mediaUrls.moment()
  const held = t.url(t.eve.id)
  await t.app.write((tx) => tx.update(files).set({ epoch: 1, epochAt: t.app.now() }))
  const between = t.app.mediaUrls.moment()
  expect(await t.status(t.url(t.eve.id, between), t.eve)).toBe(200)
  await t.app.write((tx) => raiseEpoch(tx, t.eve.id, t.app.now()))
  const links = [held, t.url(t.eve.id, before), t.url(t.eve.id, between), t.url(t.eve.id), t.url(t.ann.id, between)]
  const holders = [t.eve, t.eve, t.eve, t.eve, t.ann]
  expect(await Promise.all(links.map((link, i) => t.status(link, holders[i])))).toEqual([410, 410, 410, 200, 200])
  t.pass(3600_000) // everything is read again
  await t.app.write((tx) => raiseEpoch(tx, t.ann.id, t.app.now()))
  expect([await t.status(t.url(t.eve.id, between), t.eve), await t.status(t.url(t.eve.id), t.eve)]).toEqual([410, 200])
})

test('a revoked token opens nothing while everything is read again', async () => {
  using t = await testApp()
  const cat = await t.user('cat', { password: 'a long password' })
  const draft = { name: 'Mirror', scopes: ['read'], password: 'a long password' }
  const { id } = (await t.api(cat, 'POST /tokens', draft)).body
  expect((await t.api(cat, `DELETE /tokens/${id}`)).status).toBe(204)
  const { sessions } = t.app.revoked
  t.pass(SESSION_MS + 3600_000)
  let missing = 0
  const look = async () => {
    for (let turn = 0; turn < 1000; turn++) {
      if (!sessions.has(id)) missing++
      await null
    }
  }
  await t.app.write(async (tx) => {
    await raiseEpoch(tx, cat.id, t.app.now()) // so that they are read
    void look()
  })
  expect([sessions.has(id), missing]).toEqual([true, 0])
})

test('a raised epoch is remembered for as long as a link lives, even after a restart', async () => {
  using t = await withPhoto()
  const url = t.url(0) // made at the start of its window, so it lives for twelve hours
  await t.app.write((tx) => tx.update(files).set({ epoch: 1, epochAt: t.app.now() }))
  t.pass(12 * 3600_000 - 1000)
  expect((await watchRevoked(t.app, t.app.now)).files).toEqual(new Map([[1, { epoch: 1, at: 1 }]]))
  expect(await t.status(url)).toBe(410)
})

test('a missing file is 404', async () => {
  using t = await withPhoto()
  expect(await t.status(t.url(0).replace('feed', 'nothing'))).toBe(404)
})

test('when a public community closes, links for everyone open for its members only', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const url = t.app.mediaUrls.urlOf({ viewer: 0, file: await t.photo(ann), asOf: 0 }, 'full/feed.webp')
  expect([(await t.request(url)).status, (await t.request(url, { as: ann })).status]).toEqual([403, 200])
})

test('a list gives links that open, after each of them was revoked, expired or made from other bytes', async () => {
  using t = await withPhoto()
  await t.api(t.ann, 'POST /posts', { fileIds: [1], publish: true })
  const listed = async () => {
    const { renditions } = (await t.api(t.eve, 'GET /posts')).body.items[0].files[0]
    return { width: renditions.feed.width, url: renditions.feed.url, opens: await t.status(renditions.feed.url, t.eve) }
  }
  const change = (set: object) => t.app.write((tx) => tx.update(files).set(set).where(eq(files.id, 1)))
  const seen = [await listed(), await listed()]
  expect(seen[1]).toEqual(seen[0]!)
  await change({ epoch: 1, epochAt: t.app.now() })
  seen.push(await listed())
  const [{ renditions }] = (await t.app.db.select().from(files)) as [typeof files.$inferSelect]
  await change({ renditions: { ...renditions, feed: { ...renditions.feed!, width: 77 } } })
  seen.push(await listed())
  t.pass(13 * 3600_000)
  seen.push(await listed())
  expect(seen.map(({ opens }) => opens)).toEqual([200, 200, 200, 200, 200])
  expect(seen.slice(-2).map(({ width }) => width)).toEqual([77, 77])
  expect(new Set(seen.map(({ url }) => url)).size).toBe(3)
})
