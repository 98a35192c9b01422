import { expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Json, problem, testApp } from '../../test/harness'
import { pinhole, servePinhole } from '../../test/process'
import type { BackupEnd } from '../ports/backups'
import { scheduleBackups } from './jobs'
import { nextNight } from './night'

const HOUR_MS = 3600_000
const GOOD: BackupEnd = { error: null, files: 3, bytes: 3000, newBytes: 20 }
const BAD: BackupEnd = { error: '/backups has no room left.' }

/** A community whose backups end as the test says. */
async function community(ends: BackupEnd[]) {
  const t = await testApp({ PINHOLE_BACKUP: '/backups', PINHOLE_TIME_ZONE: 'Asia/Seoul' })
  t.app.makeBackup = async () => ends.shift() ?? GOOD
  const boss = await t.user('boss', { role: 'admin' })
  await scheduleBackups(t.app)
  return { ...t, boss, list: async () => (await t.api(boss, 'GET /admin/backups')).body }
}

test('a backup is made at once if there is none, then every night, and again in an hour when it fails', async () => {
  using t = await community([GOOD, BAD])
  expect(await t.list()).toMatchObject({ items: [], place: '/backups', isEncrypted: false, lastGoodAt: null })
  await t.runJobs()
  const first = '2026-01-01T00:00:00.000Z'
  expect(await t.list()).toMatchObject({
    items: [{ at: first, place: '/backups', error: null, files: 3, bytes: 3000, newBytes: 20 }],
    lastGoodAt: first,
    isRunning: false,
    nextAt: '2026-01-01T19:00:00.000Z', // four in the morning in Seoul
  })
  t.pass(19 * HOUR_MS)
  await t.runJobs()
  expect(await t.list()).toMatchObject({
    items: [{ error: '/backups has no room left.', files: null }, {}],
    lastGoodAt: first,
    nextAt: '2026-01-01T20:00:00.000Z',
  })
  await scheduleBackups(t.app) // a restart changes nothing
  expect((await t.list()).nextAt).toBe('2026-01-01T20:00:00.000Z')
})

test('administrators hear of the first failure and then once a day, by push and mail too', async () => {
  using t = await community(Array<BackupEnd>(30).fill(BAD))
  const mod = await t.user('mod', { role: 'moderator' })
  const heard = async (as = t.boss) =>
    (await t.api(as, 'GET /notifications')).body.items.map(({ kind, note, url }: Json) => ({ kind, note, url }))
  for (let hour = 0; hour < 23; hour++) {
    await t.runJobs()
    t.pass(HOUR_MS)
  }
  const failed = { kind: 'staff', note: 'The backup failed. See why, and make another one.', url: '/admin/backups' }
  expect(await heard()).toEqual([failed])
  t.pass(2 * HOUR_MS)
  await t.runJobs()
  expect(await heard()).toEqual([failed, failed])
  expect(await heard(mod)).toEqual([])
  const { choices } = (await t.api(t.boss, 'GET /notifications/settings')).body
  expect(choices.staff).toEqual({ page: true, push: true, mail: true })
})

test('administrators make a backup now, and see on the staff desk how it ended', async () => {
  using t = await community([GOOD, GOOD])
  await t.runJobs()
  t.pass(HOUR_MS)
  expect(await t.api(t.boss, 'POST /admin/backups')).toMatchObject({ status: 200, body: { place: '/backups' } })
  await t.runJobs()
  expect((await t.list()).items).toHaveLength(2)
  expect((await t.api(t.boss, 'GET /admin')).body).toMatchObject({ lastBackupAt: '2026-01-01T01:00:00.000Z' })
  const page = await (await t.request('/admin/backups', { browser: t.boss })).text()
  for (const text of ['Backed up and proved', '3 files', 'Back up now']) expect(page).toContain(text)

  const mod = await t.user('mod', { role: 'moderator' })
  for (const as of [mod, await t.user('ann')])
    for (const call of ['GET /admin/backups', 'POST /admin/backups'])
      expect(await t.api(as, call)).toEqual(problem(403, 'forbidden'))
  expect((await t.api(mod, 'GET /admin')).body).not.toHaveProperty('lastBackupAt')
})

test('while a backup is made, no second one begins', async () => {
  using t = await community([])
  let refused: unknown
  t.app.makeBackup = async () => {
    refused = await t.api(t.boss, 'POST /admin/backups')
    return GOOD
  }
  await t.runJobs()
  expect(refused).toEqual(problem(409, 'in_progress'))
  expect((await t.list()).items).toHaveLength(1)
})

test('without PINHOLE_BACKUP there are no backups, and the page says what to do', async () => {
  using t = await testApp()
  const boss = await t.user('boss', { role: 'admin' })
  await scheduleBackups(t.app)
  await t.runJobs()
  expect((await t.api(boss, 'GET /admin/backups')).body).toMatchObject({ items: [], place: null, nextAt: null })
  expect(await t.api(boss, 'POST /admin/backups')).toEqual(problem(409, 'conflict'))
  expect(await (await t.request('/admin/backups', { browser: boss })).text()).toContain('PINHOLE_BACKUP')
})

test('the night comes once a day, whatever clocks do', () => {
  const berlin = (at: string) => nextNight(new Date(at), 'Europe/Berlin').toISOString()
  expect(berlin('2026-03-28T12:00:00Z')).toBe('2026-03-29T02:00:00.000Z')
  expect(berlin('2026-03-29T02:00:00Z')).toBe('2026-03-30T02:00:00.000Z')
  expect(berlin('2026-10-25T02:59:00Z')).toBe('2026-10-25T03:00:00.000Z')
})

test('a real server makes its backup in another process, and doctor knows how it ended', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  const [data, place] = [join(dir, 'data'), join(dir, 'backups')]
  const env = { PINHOLE_BACKUP: place, PINHOLE_MIN_FREE_MB: '1' }
  const doctor = async () => {
    const { out } = await pinhole(['doctor', '--data', data, '--json'], { env })
    return JSON.parse(out).checks.filter(({ check }: Json) => check === 'backups')
  }
  try {
    await using server = await servePinhole(data, { env })
    const login = { handle: 'boss', password: 'a long password' }
    const token = new URL(server.setupUrl!).searchParams.get('token')
    const call = async (path: string, json?: object, bearer?: string) => {
      const init = json && { method: 'POST', body: JSON.stringify(json) }
      const headers = { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) }
      return (await (await fetch(new URL(`/api${path}`, server.address), { ...init, headers })).json()) as Json
    }
    await call('/setup', { ...login, token })
    const boss = (await call('/sessions', login)).token
    const ended = async (count: number) => {
      for (let tries = 0; tries < 300; tries++) {
        const { items } = await call('/admin/backups', undefined, boss)
        if (items.length >= count) return items[0]
        await Bun.sleep(100)
      }
      throw new Error('The backup has not ended.')
    }
    expect(await ended(1)).toMatchObject({
      place,
      error: `There is no folder ${place}. Create it, or connect the disk on which it is.`,
    })
    expect(await doctor()).toEqual([
      { check: 'backups', status: 'fail', detail: expect.stringContaining('There is no folder') },
    ])
    mkdirSync(place)
    await call('/admin/backups', {}, boss)
    expect(await ended(2)).toMatchObject({ place, error: null, files: 0 })
    expect(readdirSync(join(place, 'snapshots'))).toHaveLength(1)
    expect(await doctor()).toEqual([{ check: 'backups', status: 'ok', detail: expect.stringContaining(place) }])
    await server.stop()
    writeFileSync(join(dir, 'note'), '')
    const { status } = await pinhole(['restore', place, '--data', join(dir, 'new')])
    expect(status).toBe(0)
  } finally {
    rmSync(dir, { recursive: true })
  }
})
