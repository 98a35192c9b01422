import { afterEach, beforeEach, expect, test } from 'bun:test'
import { chmodSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinhole } from '../../test/process'
import { smtpServer } from '../../test/smtp'
import { openStore } from '../db/open'
import { createFile } from '../files/model'
import { enqueue } from '../jobs/queue'
import { readKeys } from '../keys'
import { landlockVersion } from '../media/walls/landlock'
import { startSession } from '../sessions/model'
import { createUser } from '../users/model'
import type { Finding } from './checks/finding'

let dir: string
const open = () => openStore(join(dir, 'pinhole.sqlite'))
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  readKeys(dir)
  open().close()
})
afterEach(() => rmSync(dir, { recursive: true }))

async function examine(env: Record<string, string> = {}) {
  const { status, out } = await pinhole(['doctor', '--json', '--data', dir], { env })
  const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: Finding[] }
  expect(status).toBe(ok ? 0 : 1)
  const of = (wanted: Finding['status']) =>
    checks.filter((each) => each.status === wanted).map((each) => `${each.check}: ${each.detail}`)
  return { ok, checks, failed: of('fail'), warned: of('warn') }
}

test('an intact installation passes, and photos of every format can be read', async () => {
  const { ok, checks, failed } = await examine({ PINHOLE_MIN_FREE_MB: '1' })
  expect({ ok, failed }).toEqual({ ok: true, failed: [] })
  const photos = checks.filter(({ check }) => check === 'photos').map(({ detail }) => detail)
  expect(photos).toEqual(
    ['jpeg', 'png', 'webp', 'avif', 'heic', 'gif', 'tiff'].map((format) => `${format} can be read.`),
  )
  if (landlockVersion() >= 6)
    expect(checks).toContainEqual({ check: 'walls', status: 'ok', detail: expect.stringContaining('no network') })
  const { out } = await pinhole(['doctor', '--data', dir], { env: { PINHOLE_MIN_FREE_MB: '1' } })
  expect(out).toMatch(/^ok {4}data folder: .*\n.*No problems found\.\n$/s)
})

test('missing settings, open permissions and low disk space are reported', async () => {
  const store = open()
  const { id: owner } = await store.write((tx) => createUser(tx, { handle: 'ann', passwordHash: '' }, new Date()))
  const draft = { uploadId: 'gone', name: '', type: 'image/jpeg', kind: 'image' as const, bytes: 1 }
  const { id } = await store.write((tx) => createFile(tx, { id: owner }, draft, 1e9, new Date()))
  store.close()
  chmodSync(join(dir, 'secrets.json'), 0o644)
  const { failed, warned } = await examine({ PINHOLE_MIN_FREE_MB: '900000000', PINHOLE_URL: 'http://example.org' })
  expect(failed).toEqual([
    expect.stringMatching(/^disk: .*Uploads are refused/),
    expect.stringContaining(`files: Data is missing for file ${id} (original)`),
  ])
  expect(warned).toEqual([
    expect.stringContaining('chmod 0600'),
    expect.stringContaining('No server runs'),
    expect.stringContaining('not encrypted'),
    expect.stringContaining('There is no backup'),
  ])
})

test('a damaged database is reported', async () => {
  truncateSync(join(dir, 'pinhole.sqlite'), 30_000)
  writeFileSync(join(dir, 'secrets.json'), '{}')
  expect((await examine()).failed[0]).toStartWith('database: ')
  rmSync(dir, { recursive: true })
  expect((await examine()).failed).toEqual([expect.stringContaining('does not exist')])
  readKeys(dir)
  expect((await examine()).failed).toEqual([expect.stringMatching(/^database: .*There is no database/)])
})

test('a working mail server passes; a wrong password or no server is reported without the password', async () => {
  await using smtp = await smtpServer({ password: 'open-sesame' })
  const env = { PINHOLE_MIN_FREE_MB: '1', PINHOLE_SMTP_URL: smtp.url, PINHOLE_URL: 'https://photos.example.org' }
  const fine = await examine(env)
  expect(fine.checks).toContainEqual({
    check: 'mail',
    status: 'ok',
    detail: expect.stringContaining('The sender is photos@example.org'),
  })
  const wrong = await examine({ ...env, PINHOLE_SMTP_URL: smtp.url.replace('sesame', 'barley') })
  expect(wrong.failed).toEqual([expect.stringMatching(/^mail: .*does not accept mail: .*535/)])
  await smtp.stop()
  const away = await examine(env)
  expect(away.failed).toEqual([expect.stringMatching(/^mail: .*does not accept mail/)])
  expect(JSON.stringify([fine, wrong, away])).not.toMatch(/sesame|barley/)
})

test('jobs that were postponed while the clock was ahead are reported, and a correct clock is not a failure', async () => {
  const store = open()
  const inAYear = new Date(Date.now() + 400 * 24 * 3600_000)
  await store.write(async (tx) => {
    const { id } = await createUser(tx, { handle: 'ann', passwordHash: '' }, inAYear)
    await startSession(tx, id, 'a phone', inAYear)
    await enqueue(tx, 'files.convert', { fileId: 1 }, inAYear, id)
    await enqueue(tx, 'files.process', { fileId: 2 }, new Date(), id)
  })
  store.close()
  const { failed, warned } = await examine({ PINHOLE_MIN_FREE_MB: '1' })
  expect(failed).toEqual([expect.stringContaining(`1 × files.convert until ${inAYear.toISOString()}`)])
  expect(warned).toContainEqual(expect.stringContaining('If the clock is right, restart the server'))
})
