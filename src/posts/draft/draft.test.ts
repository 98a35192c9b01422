import { expect, test } from 'bun:test'
import { type Json, problem, type Somebody, testApp } from '../../../test/harness'
import { sweepLoose } from '../../files/sweep'

const DAY_MS = 24 * 3600_000

async function withAnn() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const fileIds = [await t.photo(ann), await t.photo(ann), await t.photo(ann)]
  const read = async (as: Somebody = ann) => (await t.api(as, 'GET /posts/draft')).body
  const save = (draft: object, as: Somebody = ann) => t.api(as, 'PUT /posts/draft', draft)
  return { ...t, ann, bob, fileIds, read, save }
}

test('a draft is one thing: order, caption, price, audience, sensitivity and time come back whole', async () => {
  using t = await withAnn()
  const [one, two, three] = t.fileIds as [number, number, number]
  expect(await t.api(t.ann, 'GET /posts/draft')).toEqual(problem(404, 'not_found'))
  const whole = {
    caption: ' one ',
    price: 25,
    visibility: 'followers',
    sensitive: true,
    publishAt: '2026-01-02T10:00:00+09:00',
    fileIds: [three, one, two],
  }
  const made = await t.save(whole)
  const stored = {
    ...whole,
    caption: 'one',
    publishAt: '2026-01-02T01:00:00.000Z',
    savedAt: '2026-01-01T00:00:00.000Z',
  }
  expect([made.status, made.headers.get('location'), made.body]).toMatchObject([201, '/api/posts/draft', stored])
  expect((await t.read()).files.map(({ id }: Json) => id)).toEqual([three, one, two])
  t.pass(1000)
  const again = await t.save({ fileIds: [two] })
  expect([again.status, again.body]).toMatchObject([
    200,
    { caption: '', price: 0, visibility: 'everyone', sensitive: false, publishAt: null, fileIds: [two] },
  ])
  expect((await t.api(t.bob, 'GET /posts/draft')).status).toBe(404)
  for (const call of ['GET', 'PUT', 'DELETE'])
    expect(await t.api(null, `${call} /posts/draft`, call === 'PUT' ? {} : undefined)).toEqual(
      problem(401, 'unauthenticated'),
    )
})

test('a draft holds own unused files only, each once', async () => {
  using t = await withAnn()
  const [one] = t.fileIds as [number]
  expect(await t.save({ fileIds: [await t.photo(t.bob)] })).toEqual(problem(404, 'not_found'))
  await t.post(t.ann, { fileIds: [one] })
  expect(await t.save({ fileIds: [one] })).toEqual(problem(409, 'file_in_use'))
  for (const wrong of [{ price: -1 }, { visibility: 'x' }, { publishAt: 'soon' }, { fileIds: [2, 2] }])
    expect((await t.save(wrong)).status).toBe(422)
  expect((await t.api(t.ann, 'GET /posts/draft')).status).toBe(404)
})

test('publishing ends the draft that held the files, and leaves another one alone', async () => {
  using t = await withAnn()
  const [one, two, three] = t.fileIds as [number, number, number]
  await t.save({ caption: 'kept', fileIds: [one, two] })
  await t.post(t.ann, { fileIds: [three] })
  expect(await t.read()).toMatchObject({ caption: 'kept', fileIds: [one, two] })
  await t.post(t.ann, { fileIds: [two] })
  expect((await t.api(t.ann, 'GET /posts/draft')).status).toBe(404)
})

test('discarding deletes the draft with its files, and deleting a file takes it out of the draft', async () => {
  using t = await withAnn()
  const [one, two, three] = t.fileIds as [number, number, number]
  await t.save({ fileIds: [one, two] })
  await t.api(t.ann, `DELETE /files/${one}`)
  expect((await t.read()).fileIds).toEqual([two])
  for (let i = 0; i < 2; i++) expect((await t.api(t.ann, 'DELETE /posts/draft')).status).toBe(204)
  expect((await t.api(t.ann, 'GET /posts/draft')).status).toBe(404)
  expect((await t.api(t.ann, 'GET /files')).body.items.map(({ id }: Json) => id)).toEqual([three])
})

test('the files of a draft are kept however long it waits, unlike uploads that nobody wants', async () => {
  using t = await withAnn()
  const [one, two] = t.fileIds as [number, number]
  await t.save({ fileIds: [two, one] })
  t.pass(8 * DAY_MS)
  await t.app.write((tx) => sweepLoose(tx, t.app.now()))
  expect((await t.api(t.ann, 'GET /files')).body.items.map(({ id }: Json) => id)).toEqual([two, one])
  expect((await t.read()).fileIds).toEqual([two, one])
})

test('the composer shows the draft, works as a plain form, and offers to discard it', async () => {
  using t = await withAnn()
  const [one, two, three] = t.fileIds as [number, number, number]
  const form = (at: string, form: [string, string][]) => t.request(at, { method: 'POST', browser: t.ann, form })
  const saved = await form('/posts/draft?_method=PUT', [
    ['caption', 'a < b'],
    ['price', '7'],
    ['visibility', 'followers'],
    ['publishAt', '2026-01-03T09:30'],
    ['fileIds', String(three)],
    ['fileIds', String(one)],
  ])
  expect([saved.status, saved.headers.get('location')]).toEqual([303, '/posts/new'])
  expect((await t.read()).publishAt).toBe('2026-01-03T09:30:00.000Z')
  const page = async (at = '/posts/new') => (await t.request(at, { browser: t.ann })).text()
  const html = await page()
  const order = [...html.matchAll(/name="fileIds" value="(\d+)"/g)].map(([, id]) => Number(id))
  expect(order).toEqual([three, one, two])
  for (const part of ['a &lt; b</textarea>', 'value="7"', '<option value="followers" selected', '2026-01-03T09:30'])
    expect(html).toContain(part)
  expect(html).toContain('Draft of Jan 1, 2026, 12:00 AM')
  // The third file is in no draft yet, so the page saves it at once.
  expect(html).not.toContain('data-saved="true"')
  await t.api(t.ann, `DELETE /files/${two}`)
  expect(await page()).toContain('data-saved="true"')
  expect(await page('/posts/new?caption=shared')).toContain('a &lt; b\nshared</textarea>')
  const gone = await form('/posts/draft?_method=DELETE', [])
  expect([gone.status, gone.headers.get('location')]).toEqual([303, '/'])
  expect(await page()).not.toContain('a &lt; b')
})

async function withScheduled() {
  const t = await withAnn()
  await t.api(t.bob, 'PUT /follows/ann')
  const post = await t.post(t.ann, { caption: 'soon #sea', publishAt: '2026-01-01T12:00:00Z' })
  const seen = (as: Somebody) => t.api(as, `GET /posts/${post.id}`)
  const change = (patch: object) => t.api(t.ann, `PATCH /posts/${post.id}`, patch)
  const inbox = async () => (await t.api(t.bob, 'GET /inbox')).body.items.map(({ id }: Json) => id)
  return { ...t, post, seen, change, inbox }
}

test('a scheduled post is hidden until its time, and is published then by a job', async () => {
  using t = await withScheduled()
  expect(t.post).toMatchObject({ status: 'scheduled', publishedAt: null, publishAt: '2026-01-01T12:00:00.000Z' })
  await t.runJobs()
  expect([(await t.seen(t.bob)).status, (await t.seen(t.ann)).body.status]).toEqual([404, 'scheduled'])
  const html = await (await t.request(`/posts/${t.post.id}`, { browser: t.ann })).text()
  expect(html).toContain('This post will be published on Jan 1, 2026, 12:00 PM. Until then')
  const korean = { browser: t.ann, headers: { 'accept-language': 'ko' } }
  expect(await (await t.request(`/posts/${t.post.id}`, korean)).text()).toContain(
    '2026년 1월 1일 오후 12:00에 게시돼요.',
  )
  t.pass(DAY_MS / 2)
  await t.runJobs()
  expect((await t.seen(t.bob)).body).toMatchObject({ status: 'published', publishedAt: '2026-01-01T12:00:00.000Z' })
  expect((await t.seen(t.ann)).body.publishAt).toBeUndefined()
  expect([await t.inbox(), (await t.api(t.bob, 'GET /tags/sea')).body.items.length]).toEqual([[t.post.id], 1])
})

test('another time replaces the first, also an earlier one, and null publishes now', async () => {
  using t = await withScheduled()
  expect((await t.change({ publishAt: '2026-01-01T20:00:00Z' })).body.publishAt).toBe('2026-01-01T20:00:00.000Z')
  t.pass(DAY_MS / 2)
  await t.runJobs()
  expect((await t.seen(t.bob)).status).toBe(404)
  expect((await t.change({ publishAt: null })).body).toMatchObject({ status: 'published' })
  expect(await t.change({ publishAt: '2026-01-01T20:00:00Z' })).toEqual(problem(409, 'already_published'))
  t.pass(DAY_MS)
  await t.runJobs()
  expect(await t.inbox()).toEqual([t.post.id])
})

test('a time must lie ahead, within a year, and is read in the time zone of the person', async () => {
  using t = await withAnn()
  const publish = (publishAt: string, at = 0) => t.api(t.ann, 'POST /posts', { fileIds: [t.fileIds[at]], publishAt })
  for (const wrong of ['2025-12-31T23:00:00Z', '2026-01-01T00:00:00Z', '2027-01-03T00:00:00Z'])
    expect((await publish(wrong)).body.errors).toMatchObject([{ path: 'publishAt' }])
  await t.api(t.ann, 'PATCH /users/account', { timeZone: 'Asia/Seoul' })
  expect((await publish('2026-01-01T09:30')).body.publishAt).toBe('2026-01-01T00:30:00.000Z')
  expect((await publish('2026-07-01T09:30:00-04:00', 1)).body.publishAt).toBe('2026-07-01T13:30:00.000Z')
})

test('a job that runs too early waits again, and a deleted post is never published', async () => {
  using t = await withScheduled()
  using db = t.openDatabase()
  db.run(`update jobs set due_at = 0 where kind = 'posts.publish'`)
  await t.runJobs()
  expect((await t.seen(t.bob)).status).toBe(404)
  expect(db.query(`select due_at from jobs where kind = 'posts.publish'`).values()).toEqual([
    [+new Date('2026-01-01T12:00:00Z')],
  ])
  await t.api(t.ann, `DELETE /posts/${t.post.id}`)
  t.pass(DAY_MS)
  await t.runJobs()
  expect([await t.inbox(), (await t.seen(t.ann)).status]).toEqual([[], 404])
})
