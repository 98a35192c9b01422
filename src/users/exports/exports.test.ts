import { expect, test } from 'bun:test'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Json, problem, testApp } from '../../../test/harness'
import { enqueue } from '../../jobs/queue'

const HERE = '/users/account/exports'
const DAY_MS = 24 * 3600_000

/** Unpacks a zip with a program that is not ours. */
function unzip(bytes: Uint8Array) {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-zip-'))
  writeFileSync(join(dir, 'all.zip'), bytes)
  const script =
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])'
  const { exitCode, stderr } = Bun.spawnSync(['python3', '-c', script, join(dir, 'all.zip'), join(dir, 'out')])
  if (exitCode) throw new Error(stderr.toString())
  const names = (readdirSync(join(dir, 'out'), { recursive: true }) as string[])
    .filter((name) => name.includes('.'))
    .sort()
  const read = (name: string) => readFileSync(join(dir, 'out', name), 'utf8')
  return {
    names,
    read,
    json: (name: string): Json => JSON.parse(read(`data/${name}.json`)),
    [Symbol.dispose]: () => rmSync(dir, { recursive: true }),
  }
}

async function withLife() {
  const t = await testApp()
  const [ann, bob, boss] = [await t.user('ann'), await t.user('bob'), await t.user('boss', { role: 'admin' })]
  await t.api(ann, 'PATCH /users/account', { displayName: 'Ann <b>', email: 'ann@example.org' })
  const post = await t.post(ann, { caption: 'Mine & <i>own</i>' })
  const sold = await t.post(bob, { caption: 'Of Bob', price: 5 })
  await t.api(boss, 'POST /admin/users/ann/grants', { coins: 50, note: 'Welcome' })
  await t.api(ann, `PUT /library/${sold.id}`, { price: 5 })
  await t.api(ann, `POST /posts/${sold.id}/comments`, { text: 'I said <script>' })
  await t.api(ann, `PUT /posts/${sold.id}/like`)
  await t.api(ann, `PUT /posts/${sold.id}/bookmark`)
  await t.api(ann, `PUT /muted-posts/${sold.id}`)
  await t.api(ann, 'PUT /follows/bob')
  await t.api(ann, 'POST /invites', {})
  await t.runJobs()
  const ask = async () => (await t.api(ann, `POST ${HERE}`)).body
  const fetchZip = async (url: string, as = ann) => t.request(url, { as })
  return { ...t, ann, bob, boss, post, sold, ask, fetchZip }
}

test('one zip holds everything of a person, and pages that a browser opens offline', async () => {
  using t = await withLife()
  const asked = await t.api(t.ann, `POST ${HERE}`)
  expect([asked.status, asked.headers.get('location')]).toEqual([201, `/api${HERE}/${asked.body.id}`])
  expect(asked.body).toMatchObject({ status: 'making', url: null, bytes: null, expiresAt: null, error: null })
  await t.runJobs()
  const ready = (await t.api(t.ann, `GET ${HERE}/${asked.body.id}`)).body
  expect(ready).toMatchObject({ status: 'ready', expiresAt: '2026-01-08T00:00:00.000Z' })
  const answer = await t.fetchZip(ready.url)
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
    200,
    'application/zip',
    "attachment; filename*=UTF-8''ann-2026-01-01.zip",
  ])
  const bytes = await answer.bytes()
  expect(bytes.length).toBe(ready.bytes)
  using zip = unzip(bytes)
  const [original] = zip.names.filter((name) => name.startsWith('originals/'))
  expect(original).toBe(`originals/2026-01-01-${t.post.files[0].id}-a.jpg`)
  expect(zip.read(original!)).toBe('tiny bytes')
  expect(zip.json('posts')).toMatchObject([
    { id: t.post.id, caption: 'Mine & <i>own</i>', files: [{ path: original }] },
  ])
  expect(zip.json('comments')).toMatchObject([{ postId: t.sold.id, text: 'I said <script>' }])
  for (const list of ['likes', 'bookmarks', 'muted-posts'])
    expect(zip.json(list)).toMatchObject([{ author: 'bob', caption: 'Of Bob' }])
  const bought = `bought/bob-post-${t.sold.id}-${t.sold.files[0].id}.webp`
  expect(zip.json('library')).toMatchObject([{ postId: t.sold.id, pricePaid: 5, files: [{ path: bought }] }])
  expect(zip.names).toContain(bought)
  expect(zip.json('coin-statement')).toMatchObject([
    { kind: 'purchase', coins: -5 },
    { kind: 'grant', coins: 50 },
  ])
  expect(zip.json('following')).toMatchObject([{ handle: 'bob' }])
  expect(zip.json('profile')).toMatchObject({ displayName: 'Ann <b>', email: 'ann@example.org' })
  for (const list of ['devices', 'invitations', 'wallet', 'notification-settings'])
    expect(zip.json(list)).toHaveLength(1)
  const everything = zip.names
    .filter((name) => /json|html/.test(name))
    .map(zip.read)
    .join()
  for (const secret of [t.ann.token, 'password_hash', 'passwordHash']) expect(everything).not.toContain(secret)
  expect(zip.read('posts.html')).toContain('Mine &amp; &lt;i&gt;own&lt;/i&gt;')
  expect(zip.read('comments.html')).toContain('I said &lt;script&gt;')
  expect(zip.read('library.html')).toContain(bought)
  for (const page of ['posts.html', 'comments.html', 'library.html', 'data/posts.json'])
    expect(zip.read('index.html')).toContain(`href="${page}"`)
  expect((await t.api(t.ann, 'GET /notifications')).body.items[0]).toMatchObject({ kind: 'staff', url: HERE })
  expect((await t.api(t.ann, 'GET /users/account')).body.storage.used).toBe(50) // the zip is not counted
})

test('the link is for its owner alone, and a download can be resumed', async () => {
  using t = await withLife()
  const { id } = await t.ask()
  await t.runJobs()
  const { url, bytes } = (await t.api(t.ann, `GET ${HERE}/${id}`)).body
  for (const as of [t.bob, t.boss]) {
    expect((await t.fetchZip(url, as)).status).toBe(404)
    expect(await t.api(as, `GET ${HERE}/${id}`)).toEqual(problem(404, 'not_found'))
  }
  expect(await t.api(null, `GET ${HERE}/${id}`)).toEqual(problem(401, 'unauthenticated'))
  const server = t.listen()
  try {
    const part = await fetch(new URL(url, server.url), {
      headers: { authorization: `Bearer ${t.ann.token}`, range: `bytes=${bytes - 10}-` },
    })
    expect([part.status, (await part.bytes()).length]).toEqual([206, 10])
  } finally {
    await server.stop(true)
  }
})

test('a zip is not handed out any more after the age of its person was taken back, or a bought post became one for adults', async () => {
  using t = await withLife()
  const made = async () => {
    t.pass(1000)
    const { id } = await t.ask()
    await t.runJobs()
    const { url } = (await t.api(t.ann, `GET ${HERE}/${id}`)).body
    t.pass(1000)
    return url as string
  }
  const set = (handle: string, adult: boolean) => t.api(t.boss, `PATCH /admin/users/${handle}`, { adult })
  const statusOf = async (url: string) => (await t.fetchZip(url)).status
  await set('bob', true)
  const before = await made()
  expect(await statusOf(before)).toBe(200)
  await t.api(t.bob, `PATCH /posts/${t.sold.id}`, { adultsOnly: true })
  expect(await statusOf(before)).toBe(410)
  await set('ann', true)
  const asAdult = await made()
  expect(await statusOf(asAdult)).toBe(200)
  await set('ann', false)
  expect(await statusOf(asAdult)).toBe(410)
  const without = await made()
  using zip = unzip(await (await t.fetchZip(without)).bytes())
  expect(zip.names.filter((name) => name.startsWith('bought/'))).toEqual([])
})

test('a zip with something that was refunded since is not handed out any more, and the next one lacks it', async () => {
  using t = await withLife()
  const urlOf = async ({ id }: Json) => {
    await t.runJobs()
    return (await t.api(t.ann, `GET ${HERE}/${id}`)).body.url
  }
  const [made, refund] = [await urlOf(await t.ask()), `POST /library/${t.sold.id}/refunds`]
  t.pass(1000)
  expect([(await t.fetchZip(made)).status, (await t.api(t.bob, refund, { handle: 'ann' })).status]).toEqual([200, 201])
  expect((await t.fetchZip(made)).status).toBe(410)
  t.pass(1000)
  using zip = unzip(await (await t.fetchZip(await urlOf(await t.ask()))).bytes())
  expect(zip.names.filter((name) => name.startsWith('bought/'))).toEqual([])
})

test('one is made at a time, three a day, and a new one replaces the last', async () => {
  using t = await withLife()
  const first = await t.ask()
  expect(await t.api(t.ann, `POST ${HERE}`)).toEqual(problem(409, 'in_progress'))
  await t.runJobs()
  const zips = () => readdirSync(join(t.dir, 'exports'))
  expect(zips()).toEqual([`${first.id}.zip`])
  const second = await t.ask()
  await t.runJobs()
  expect(zips()).toEqual([`${second.id}.zip`])
  await t.ask()
  await t.runJobs()
  await t.ask()
  await t.runJobs()
  const refused = await t.api(t.ann, `POST ${HERE}`)
  expect(zips()).toHaveLength(1)
  expect([refused.status, Number(refused.headers.get('retry-after')) > 80_000]).toEqual([429, true])
})

test('a zip is erased after a week', async () => {
  using t = await withLife()
  const { id } = await t.ask()
  await t.runJobs()
  const { url } = (await t.api(t.ann, `GET ${HERE}/${id}`)).body
  t.pass(7 * DAY_MS)
  expect((await t.fetchZip(url)).status).toBe(410)
  await t.app.write((tx) => enqueue(tx, 'upkeep.sweep', {}, t.app.now()))
  await t.runJobs()
  expect([(await t.fetchZip(url)).status, readdirSync(join(t.dir, 'exports'))]).toEqual([404, []])
})

test('a server that is killed while it makes a zip begins anew', async () => {
  using t = await withLife()
  const { id } = await t.ask()
  await Bun.write(join(t.dir, 'work', `export-${id}.zip`), 'half of a zip')
  await t.runJobs()
  const { url } = (await t.api(t.ann, `GET ${HERE}/${id}`)).body
  using zip = unzip(await (await t.fetchZip(url)).bytes())
  expect(zip.names).toContain('index.html')
  expect(existsSync(join(t.dir, 'work', `export-${id}.zip`))).toBe(false)
})

test('without room on the disk nothing is written, and the person is told', async () => {
  using t = await withLife()
  await t.api(t.boss, 'PATCH /admin/settings', { minFreeMb: 1_000_000_000 })
  const { id } = await t.ask()
  await t.runJobs()
  expect((await t.api(t.ann, `GET ${HERE}/${id}`)).body).toMatchObject({
    status: 'failed',
    url: null,
    error: expect.stringContaining('too little room'),
  })
  const page = await (await t.request(HERE, { browser: t.ann })).text()
  expect(page).toContain('too little room')
  expect(existsSync(join(t.dir, 'exports'))).toBe(false)
})
