import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isOutOfRoom } from '../../src/disk'
import { isRoot } from '../../src/owner'
import { password, scriptOf, setUp } from '../acceptance/script'
import { testApp } from '../harness'
import { photo } from '../photos'
import { servePinhole } from '../process'
import { until } from '../until'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

/** A small disk of its own, where this user may make one. */
function smallDisk(mb: number): (Disposable & { path: string }) | undefined {
  const path = join(dir, 'disk')
  mkdirSync(path)
  if (!isRoot() || !Bun.which('mount')) return undefined
  const mounted = Bun.spawnSync(['mount', '-t', 'tmpfs', '-o', `size=${mb}m`, 'pinhole-test', path], {
    stderr: 'ignore',
  })
  if (!mounted.success) return undefined
  return { path, [Symbol.dispose]: () => void Bun.spawnSync(['umount', '-l', path]) }
}

/** Fills what is left of the disk to the last byte. */
function fill(path: string) {
  const filled = Bun.spawnSync(['dd', 'if=/dev/zero', `of=${path}`, 'bs=4k'], { stderr: 'ignore' })
  expect(filled.success).toBe(false) // the disk was full before the end
}

test('while the disk is full, reading goes on, changes are refused with 507, and the log says so once', async () => {
  using disk = smallDisk(48)
  if (!disk) return
  const env = { PINHOLE_RATE_LIMITS: 'off', PINHOLE_MIN_FREE_MB: '1' }
  const server = await servePinhole(join(disk.path, 'data'), { env })
  try {
    const boss = await setUp(server)
    const file = await boss.upload(await photo({ width: 300, height: 200 }).jpeg().toBuffer(), 'a.jpg')
    const { id } = await boss.ask('POST /posts', { caption: 'before', fileIds: [file] })
    await boss.published(id)
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200)

    const ballast = join(disk.path, 'ballast')
    fill(ballast)
    const visitor = scriptOf(server.address)
    const signIn = () => visitor.call('POST /sessions', { handle: 'boss', password })
    // the log of the database may have some room of its own left
    const refused = await until('a sign-in is refused', async () => {
      const answer = await signIn()
      return answer.status !== 201 && answer
    })
    expect(refused).toMatchObject({
      status: 507,
      body: { code: 'storage_full', detail: expect.stringContaining('full') },
    })
    expect(await boss.call('POST /posts', { caption: 'text', fileIds: [] })).toMatchObject({
      status: expect.any(Number),
    })
    for (const change of ['PUT /posts/1/like', 'POST /posts/1/comments'])
      expect([change, (await boss.call(change, { text: 'hi' })).status]).toEqual([change, 507])
    const ready = await fetch(`${server.address}/readyz`)
    expect([ready.status, await ready.text()]).toEqual([503, 'The disk is full.'])
    const seen = await boss.ask(`GET /posts/${id}`)
    expect(seen.caption).toBe('before')
    expect((await boss.fetch(seen.files[0].renditions.feed.url)).status).toBe(200)
    await Bun.sleep(3000) // the job loop tries again meanwhile

    rmSync(ballast)
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200)
    expect((await signIn()).status).toBe(201)
    expect((await boss.call('PUT /posts/1/like')).status).toBeLessThan(300)
  } finally {
    const { err } = await server.stop()
    const told = err.split('\n').filter((line) => / (error|warn) /.test(line) && !line.includes('Sign-in'))
    expect(told).toEqual([expect.stringContaining('The disk is full')])
  }
})

test('a full disk is recognised behind other errors', () => {
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
  expect(isOutOfRoom(new Error('Failed query', { cause: full }))).toBe(true)
  expect(isOutOfRoom(Object.assign(new Error('write'), { code: 'ENOSPC' }))).toBe(true)
  expect(isOutOfRoom(Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' }))).toBe(false)
})

test('a write that finds no room is answered with 507 as JSON and as a page', async () => {
  await using t = await testApp()
  const ann = await t.user('ann')
  await t.user('bob')
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
  t.app.write = () => Promise.reject(full)
  expect(await t.api(ann, 'PUT /follows/bob')).toMatchObject({ status: 507, body: { code: 'storage_full' } })
  const page = await t.request('/follows/bob', { method: 'PUT', as: ann })
  expect([page.status, await page.text()]).toEqual([507, expect.stringContaining('disk of this server is full')])
})

test('the server is not ready while its database does not answer', async () => {
  await using t = await testApp()
  expect((await t.request('/readyz')).status).toBe(200)
  const fail = () => {
    throw new Error('disk I/O error')
  }
  t.app.db = { ...t.app.db, select: fail } as never
  const answer = await t.request('/readyz')
  expect([answer.status, await answer.text()]).toEqual([503, 'The database does not answer.'])
})
