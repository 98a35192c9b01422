import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { changeKeys, readKeyring, readKeys, readPushKeys } from './keys'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('the secret is created once, is readable only by its owner, and yields a separate key for each purpose', () => {
  const data = join(dir, 'data')
  const key = readKeys(data)
  expect(readKeys(data)('session')).toEqual(key('session'))
  expect(key('media')).not.toEqual(key('session'))
  expect(statSync(data).mode & 0o777).toBe(0o700)
  expect(statSync(join(data, 'secrets.json')).mode & 0o777).toBe(0o600)
})

test('processes that start at the same time agree on one secret and leave no temporary files', async () => {
  const script = `import { readKeys } from ${JSON.stringify(join(import.meta.dir, 'keys.ts'))}
    process.stdout.write(Buffer.from(readKeys(${JSON.stringify(dir)})('session')).toString('hex'))`
  const run = () => new Response(Bun.spawn([process.execPath, '-e', script]).stdout).text()
  const keys = await Promise.all(Array.from({ length: 4 }, run))
  expect(keys[0]).toHaveLength(64)
  expect(new Set(keys).size).toBe(1)
  expect(readdirSync(dir)).toEqual(['secrets.json'])
})

test('an unreadable secrets file is reported and not replaced', () => {
  writeFileSync(join(dir, 'secrets.json'), '{"secret":"')
  expect(() => readKeys(dir)).toThrow('from a backup')
})

test('after a rotation the former key is accepted for twelve hours, and vouchers keep their key', () => {
  let clock = +new Date('2026-01-01T00:00:00Z')
  const now = () => new Date(clock)
  const first = readKeys(dir)
  const keys = () => readKeyring(dir, now)('media')
  changeKeys(dir, now(), { keepFormer: true })
  const second = readKeys(dir)
  expect(second('media')).not.toEqual(first('media'))
  expect(second('voucher')).toEqual(first('voucher'))
  clock += 3600_000
  changeKeys(dir, now(), { keepFormer: true })
  const third = readKeys(dir)
  const running = readKeyring(dir, now)
  expect(keys()).toEqual([third('media'), second('media'), first('media')])
  clock += 11 * 3600_000
  expect([keys(), running('media')]).toEqual([
    [third('media'), second('media')],
    [third('media'), second('media')],
  ])
  clock += 3600_000
  expect([keys(), running('session')]).toEqual([[third('media')], [third('session')]])
  expect(third('voucher')).toEqual(first('voucher'))
  expect([statSync(join(dir, 'secrets.json')).mode & 0o777, readdirSync(dir)]).toEqual([0o600, ['secrets.json']])
})

test('after an immediate rotation, no former key is accepted', () => {
  const now = () => new Date()
  const first = readKeys(dir)
  changeKeys(dir, now(), { keepFormer: true })
  changeKeys(dir, now(), { keepFormer: false })
  expect(readKeyring(dir, now)('session')).toEqual([readKeys(dir)('session')])
  expect(readKeys(dir)('voucher')).toEqual(first('voucher'))
})

test('the push key pair is created once, added where it is missing, and replaced only by an immediate rotation', () => {
  const secret = 'x'.repeat(43)
  writeFileSync(join(dir, 'secrets.json'), JSON.stringify({ secret }))
  const before = readKeys(dir)('session')
  const pair = readPushKeys(dir)
  expect([Buffer.from(pair.publicKey, 'base64url').length, Buffer.from(pair.privateKey, 'base64url').length]).toEqual([
    65, 32,
  ])
  expect([readPushKeys(dir), readKeys(dir)('session')]).toEqual([pair, before])
  changeKeys(dir, new Date(), { keepFormer: true })
  expect(readPushKeys(dir)).toEqual(pair)
  changeKeys(dir, new Date(), { keepFormer: false })
  expect(readPushKeys(dir)).not.toEqual(pair)
  expect([statSync(join(dir, 'secrets.json')).mode & 0o777, readdirSync(dir)]).toEqual([0o600, ['secrets.json']])
})
