import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { selfSigned } from '../../test/acme'
import { problem, testApp } from '../../test/harness'
import { recordBackup } from '../backups/model'
import { Histogram } from '../measures'
import { createExposition } from './exposition'

const TOKEN = 'a-token-for-prometheus'
const AUTHORIZED = { authorization: `Bearer ${TOKEN}` }

/** The samples by their names with labels. */
const parse = (text: string) =>
  new Map(
    text
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
      .map((line) => line.split(/ (?=[^ ]+$)/) as [string, string])
      .map(([name, value]) => [name, Number(value)]),
  )

test('metrics are for programs on this machine and for the token, and for nobody else', async () => {
  using t = await testApp({ PINHOLE_METRICS_TOKEN: TOKEN, PINHOLE_TRUST_PROXY: '10.0.0.1' })
  const boss = await t.user('boss', { role: 'admin' })
  const ask = async (init: object) => (await t.request('/metrics', init)).status
  for (const from of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) expect(await ask({ from })).toBe(200)
  expect(await ask({ headers: AUTHORIZED })).toBe(200)
  expect(await ask({ headers: AUTHORIZED, from: '127.0.0.1' })).toBe(200)
  for (const init of [
    {},
    { from: '10.0.0.1' },
    { from: '' },
    { as: boss },
    { browser: boss },
    { headers: { authorization: `Bearer ${TOKEN}x` } },
    { headers: { authorization: 'Bearer wrong' }, from: '127.0.0.1' },
    { headers: { authorization: 'Basic wrong' } },
    // a proxy on this machine that is not trusted must not open them to everybody
    { headers: { 'x-forwarded-for': '192.0.2.1' }, from: '127.0.0.1' },
    { headers: { 'x-forwarded-for': '127.0.0.1' }, from: '10.0.0.1' },
    { headers: { forwarded: 'for=192.0.2.1' }, from: '127.0.0.1' },
    { headers: { via: '1.1 proxy' }, from: '127.0.0.1' },
  ])
    expect([init, await ask(init)]).toEqual([init, 401])
  const refused = await t.request('/metrics')
  expect(refused.headers.get('www-authenticate')).toBe('Bearer')
  using closed = await testApp()
  expect((await closed.request('/metrics', { headers: AUTHORIZED })).status).toBe(401)
  expect(await closed.api(null, 'GET /metrics')).toEqual(problem(401, 'unauthenticated'))
})

test('metrics count requests, jobs, commits, memory, the disk, backups, pushes and mail', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const read = async () => {
    const answer = await t.request('/metrics', { from: '127.0.0.1' })
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    return await answer.text()
  }
  const before = parse(await read())
  await t.api(ann, 'GET /posts')
  await t.api(ann, 'GET /posts/999')
  await t.request('/', { browser: ann })
  await t.request('/', { browser: ann, headers: { 'hx-request': 'true' } })
  const post = await t.post(ann)
  const media = new URL(post.files[0].renditions.feed.url, 'http://localhost')
  for (let i = 0; i < 3; i++) await t.request(media.pathname, { as: ann })
  await t.app.write((tx) =>
    recordBackup(tx, { at: t.app.now(), tookMs: 5, place: '/backups', error: null, files: 1, bytes: 42, newBytes: 42 }),
  )
  const after = parse(await read())
  const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0)
  expect(grown('pinhole_requests_total{kind="json",status="404"}')).toBe(1)
  expect(grown('pinhole_requests_total{kind="json",status="200"}')).toBe(1)
  expect(grown('pinhole_requests_total{kind="json",status="201"}')).toBe(1)
  expect(grown('pinhole_requests_total{kind="fragment",status="200"}')).toBe(1)
  expect(grown('pinhole_requests_total{kind="media",status="200"}')).toBe(3)
  expect(grown('pinhole_request_seconds_count{kind="media"}')).toBe(3)
  expect(grown('pinhole_request_seconds_bucket{kind="media",le="+Inf"}')).toBe(3)
  expect(grown('pinhole_commits_total')).toBeGreaterThan(1)
  expect(grown('pinhole_commit_transactions_sum')).toBeGreaterThanOrEqual(grown('pinhole_commits_total'))
  expect(grown('pinhole_cache_requests_total{result="hit"}')).toBe(2)
  expect(after.get('pinhole_jobs{lane="rest",state="waiting"}')).toBeGreaterThan(0)
  expect(after.get('pinhole_jobs{lane="video",state="dead"}')).toBe(0)
  expect(after.get('pinhole_resident_bytes{process="server"}')).toBeGreaterThan(1e6)
  expect(after.get('pinhole_disk_free_bytes')).toBeGreaterThan(0)
  expect(after.get('pinhole_backup_last_success_seconds')).toBe(+t.app.now() / 1000)
  expect(after.get('pinhole_people')).toBe(1)
  for (const name of ['pushes_waiting', 'mails_total{result="failed"}', 'log_lines_total{level="warn"}'])
    expect(after.has(`pinhole_${name}`)).toBe(true)
})

test('no metric tells who somebody is, or what they looked at', async () => {
  using t = await testApp()
  const ann = await t.user('ann_of_the_hill')
  await t.api(ann, 'GET /users/ann_of_the_hill')
  await t.request('/search?q=secret', { browser: ann })
  const text = await (await t.request('/metrics', { from: '127.0.0.1' })).text()
  expect(text).not.toMatch(/ann_of|secret|search|192\.0\.2|users\//)
})

test('metrics tell when the certificate of the server ends', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')]
  const to = Date.UTC(2030, 0, 1)
  const pair = await selfSigned('photos.example.org', { from: Date.now() - 1000, to })
  writeFileSync(cert, pair.cert)
  writeFileSync(key, pair.key)
  using t = await testApp({ PINHOLE_TLS_CERT: cert, PINHOLE_TLS_KEY: key })
  const read = async () => parse(await (await t.request('/metrics', { from: '127.0.0.1' })).text())
  expect((await read()).get('pinhole_certificate_end_seconds')).toBe(to / 1000)
  rmSync(dir, { recursive: true })
  expect((await read()).has('pinhole_certificate_end_seconds')).toBe(false)
})

test('histograms are cumulative, and labels are escaped', () => {
  const histogram = new Histogram([1, 5])
  for (const value of [0.5, 1, 3, 9]) histogram.add(value)
  const to = createExposition()
  to.histogram('size', 'Sizes.', [[{ kind: 'a "b"\\\n' }, histogram]])
  expect(to.text()).toBe(
    [
      '# HELP pinhole_size Sizes.',
      '# TYPE pinhole_size histogram',
      String.raw`pinhole_size_bucket{kind="a \"b\"\\\n",le="1"} 2`,
      String.raw`pinhole_size_bucket{kind="a \"b\"\\\n",le="5"} 3`,
      String.raw`pinhole_size_bucket{kind="a \"b\"\\\n",le="+Inf"} 4`,
      String.raw`pinhole_size_sum{kind="a \"b\"\\\n"} 13.5`,
      String.raw`pinhole_size_count{kind="a \"b\"\\\n"} 4`,
      '',
    ].join('\n'),
  )
})
