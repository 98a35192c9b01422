import { expect, test } from 'bun:test'
import { type Json, problem, testApp } from '../../../test/harness'
import type { App } from '../../context'
import { claim } from '../../jobs/queue'
import { drop } from './drop'
import { make } from './make'

/** A job needs several steps for this number of films. */
const FILMS = 250
const COPIES = 11
const NEVER = new AbortController().signal

const rendition = (type: string, bytes: number) => ({ type, width: 640, height: 480, bytes, sha256: '' })
const mp4 = { mp4: rendition('video/mp4', 100) }
const all = { ...mp4, hls: rendition('application/vnd.apple.mpegurl', 1), '360p': rendition('video/mp4', 10) }

/** The rows of long videos of Ann, of which all have copies. There is nothing to decode behind them. */
async function cinema() {
  const t = await testApp({ PINHOLE_ADAPTIVE_SECONDS: '5' })
  const [boss, ann] = [await t.user('boss', { role: 'admin' }), await t.user('ann')]
  const ask = <R>(sql: string): R[] => {
    using other = t.openDatabase()
    return other.query<R, []>(sql).all()
  }
  const change = (sql: string) => {
    using other = t.openDatabase()
    other.run(sql)
  }
  change(`insert into files
      (owner_id, name, type, kind, bytes, rendition_bytes, status, duration, renditions, created_at)
    with recursive n (i) as (select 1 union all select i + 1 from n where i < ${FILMS})
    select ${ann.id}, 'a.mp4', 'video/mp4', 'video', 1000, ${100 + COPIES}, 'ready', 60, '${JSON.stringify(all)}', 0 from n`)
  change(`update users set storage_used = ${(1100 + COPIES) * FILMS} where id = ${ann.id}`)
  return {
    ...t,
    boss,
    ann,
    change,
    state: async () => (await t.api(boss, 'GET /admin/copies')).body,
    actions: async () =>
      (await t.api(boss, 'GET /admin/actions')).body.items.map(({ kind, by, detail }: Json) => [kind, by, detail]),
    films: () => ask<{ renditions: string; epoch: number; rendition_bytes: number }>('select * from files order by id'),
    jobs: (kind: string) => ask(`select id from jobs where kind = '${kind}'`).length,
    used: () => ask<{ used: number }>(`select storage_used as used from users where id = ${ann.id}`)[0]!.used,
    async claim(kind: 'copies.drop' | 'copies.make'): Promise<Json> {
      for (;;) {
        const job = await t.app.write((tx) => claim(tx, 'rest', t.app.now(), 30_000))
        if (!job) throw new Error(`No job ${kind} is due.`)
        if (job.kind === kind) return job
      }
    },
  }
}

/** The program until it is killed after so many transactions. */
function killedAfter(app: App, transactions: number): App {
  let left = transactions
  const write: App['write'] = (work) => (left-- > 0 ? app.write(work) : Promise.reject(new Error('killed')))
  return Object.create(app, { write: { value: write } })
}

type Cinema = Awaited<ReturnType<typeof cinema>>

function expectDroppedOnce(t: Cinema) {
  const dropped = { renditions: JSON.stringify(mp4), epoch: 1, rendition_bytes: 100 }
  for (const film of t.films()) expect(film).toMatchObject(dropped)
  expect(t.used()).toBe(1100 * FILMS)
}

test('dropping is recorded and queued by the request, and done by jobs', async () => {
  using t = await cinema()
  const full = { files: FILMS, bytes: COPIES * FILMS, making: 0, dropping: 0 }
  expect(await t.state()).toEqual(full)
  expect((await t.api(t.boss, 'DELETE /admin/copies')).status).toBe(204)
  expect(await t.state()).toEqual({ ...full, dropping: FILMS })
  expect([t.jobs('copies.drop'), t.jobs('files.shrink')]).toEqual([1, 0])
  const recorded = ['copies_dropped', 'boss', { files: FILMS, bytes: COPIES * FILMS }]
  expect(await t.actions()).toEqual([recorded])
  const page = await (await t.request('/admin/copies', { browser: t.boss })).text()
  expect([page.includes(`The copies of ${FILMS} videos are being dropped.`), page.includes('Make missing')]).toEqual([
    true,
    false,
  ])
  expect((await t.api(t.boss, 'DELETE /admin/copies')).status).toBe(204)
  expect(t.jobs('copies.drop')).toBe(1)
  await t.runJobs()
  expect(await t.state()).toEqual({ files: 0, bytes: 0, making: 0, dropping: 0 })
  expectDroppedOnce(t)
  expect((await t.actions()).length).toBe(2)
})

test('dropping goes on where a killed server stopped, and a replay changes nothing', async () => {
  using t = await cinema()
  await t.api(t.boss, 'DELETE /admin/copies')
  const first = await t.claim('copies.drop')
  expect(await drop.run(killedAfter(t.app, 2), first, NEVER).catch(String)).toBe('Error: killed')
  const { files, dropping } = await t.state()
  expect([files > 0, files < FILMS, dropping]).toEqual([true, true, FILMS])
  t.pass(31_000)
  const second = await t.claim('copies.drop')
  expect(second.payload.after).toBeGreaterThan(0)
  const late = await drop.run(t.app, first, NEVER).catch(String)
  expect(late).toContain('the lease ran out')
  await drop.run(t.app, second, NEVER)
  expect(t.jobs('files.shrink')).toBe(FILMS)
  await drop.run(t.app, first, NEVER)
  expect(t.jobs('files.shrink')).toBe(FILMS)
  expectDroppedOnce(t)
})

test('missing copies are queued once, also when the server is killed meanwhile', async () => {
  using t = await cinema()
  t.change(`update files set renditions = '${JSON.stringify(mp4)}' where id > 5`)
  t.change(`update files set duration = 4 where id = 6`)
  const missing = FILMS - 6
  for (let i = 0; i < 2; i++)
    expect((await t.api(t.boss, 'POST /admin/copies')).body).toEqual({
      ...{ files: 5, bytes: 5 * COPIES, making: missing, dropping: 0 },
    })
  expect([t.jobs('copies.make'), t.jobs('files.ladder')]).toEqual([1, 0])
  expect(await t.actions()).toEqual(Array(2).fill(['copies_remade', 'boss', { files: missing }]))
  expect(await make.run(killedAfter(t.app, 1), await t.claim('copies.make'), NEVER).catch(String)).toBe('Error: killed')
  const queued = t.jobs('files.ladder')
  expect([queued > 0, queued < missing, (await t.state()).making]).toEqual([true, true, missing])
  t.pass(31_000)
  const job = await t.claim('copies.make')
  for (let i = 0; i < 2; i++) await make.run(t.app, job, NEVER)
  expect(t.jobs('files.ladder')).toBe(missing)
})

test('dropping takes back what waits to be made, and nothing is made before it has ended', async () => {
  using t = await cinema()
  t.change(`update files set renditions = '${JSON.stringify(mp4)}' where id > 50`)
  await t.api(t.boss, 'POST /admin/copies')
  const making = await t.claim('copies.make')
  expect(await make.run(killedAfter(t.app, 1), making, NEVER).catch(String)).toBe('Error: killed')
  await t.api(t.boss, 'DELETE /admin/copies')
  expect(await t.state()).toMatchObject({ making: 0, dropping: 50 })
  await make.run(t.app, making, NEVER) // it runs on, and finds that nobody wants it any more
  expect([t.jobs('copies.make'), t.jobs('files.ladder')]).toEqual([0, 0])
  expect(await t.api(t.boss, 'POST /admin/copies')).toEqual(problem(409, 'in_progress'))
  await t.runJobs()
  expect((await t.api(t.boss, 'POST /admin/copies')).body).toMatchObject({ files: 0, making: FILMS })
})

test('copies are matters of administrators', async () => {
  using t = await cinema()
  const mod = await t.user('mod', { role: 'moderator' })
  for (const call of ['GET', 'DELETE', 'POST'].map((method) => `${method} /admin/copies`)) {
    for (const who of [t.ann, mod]) expect([call, await t.api(who, call)]).toEqual([call, problem(403, 'forbidden')])
    expect([call, await t.api(null, call)]).toEqual([call, problem(401, 'unauthenticated')])
  }
  expect([t.jobs('copies.drop'), t.jobs('copies.make'), await t.actions()]).toEqual([0, 0, []])
})
