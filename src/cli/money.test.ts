import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { photo } from '../../test/photos'
import { pinhole, type Serving, servePinhole } from '../../test/process'

let dir: string
let server: Serving
let token: string
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  server = await servePinhole(dir)
  await run(['users', 'create', 'ann', '--password-stdin'], 'a long password')
  token = (await call('POST /sessions', { handle: 'ann', password: 'a long password' })).body.token
})
afterAll(async () => {
  await server.stop()
  rmSync(dir, { recursive: true })
})

const run = (args: string[], stdin = '') => pinhole([...args, '--data', dir], { stdin })
async function call(what: string, json?: unknown) {
  const [method = '', path] = what.split(' ')
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
  const answer = await fetch(`${server.address}/api${path}`, {
    method,
    headers,
    ...(json !== undefined && { body: JSON.stringify(json) }),
  })
  return { status: answer.status, body: JSON.parse((await answer.text()) || 'null') }
}

test('coins are granted while the server runs, with a note in the statement', async () => {
  expect(await run(['coins', 'grant', 'ann', '30'])).toEqual({ status: 0, out: 'ann now has 30 coins.\n', err: '' })
  const { out } = await run(['coins', 'grant', 'ANN', '5', '--note', ' for the cake ', '--json'])
  expect(JSON.parse(out)).toEqual({ handle: 'ann', coins: 5, balance: 35 })
  expect((await call('GET /coins')).body.balance).toBe(35)
  expect((await call('GET /coins/entries')).body.items[0]).toMatchObject({
    kind: 'grant',
    coins: 5,
    note: 'for the cake',
  })
})

test('vouchers are printed one per line and can be redeemed at the server', async () => {
  const { status, out } = await run(['vouchers', 'create', '--coins', '7', '--count', '3'])
  const codes = out.trim().split('\n')
  expect([status, codes.length, new Set(codes).size]).toEqual([0, 3, 3])
  expect((await call('POST /coins/redemptions', { code: codes[1] })).body).toEqual({ coins: 7, balance: 42 })
  const made = JSON.parse(
    (await run(['vouchers', 'create', '--coins', '7', '--uses', '2', '--expires', '1', '--json'])).out,
  )
  expect(made).toEqual({ codes: [expect.any(String)], coins: 7, uses: 2, expiresAt: expect.any(String) })
  expect(Math.abs(+new Date(made.expiresAt) - Date.now() - 24 * 3600_000)).toBeLessThan(60_000)
})

test('invalid requests are explained and create nothing', async () => {
  const wrong: [args: string[], status: number, why: string][] = [
    [['coins', 'grant', 'nobody_here', '5'], 1, 'no member with this handle'],
    [['coins', 'grant', 'ann'], 2, 'Usage: pinhole coins grant HANDLE COINS'],
    [['coins', 'grant', 'ann', '0'], 2, 'COINS must be a whole number from 1 to 1000000'],
    [['coins', 'grant', 'ann', '1.5'], 2, 'COINS must be'],
    [['coins', 'grant', 'ann', '1000001'], 2, 'COINS must be'],
    [['coins', 'grant', 'ann', '5', '--note', 'x'.repeat(201)], 2, '--note must be at most 200'],
    [['vouchers', 'create'], 2, '--coins N'],
    [['vouchers', 'create', '--coins', '5', '--count', '501'], 2, '--count must be a whole number from 1 to 500'],
    [['vouchers', 'create', '--coins', '5', '--uses', '0'], 2, '--uses must be'],
    [['vouchers', 'create', '--coins', '5', '--expires', 'never'], 2, '--expires must be'],
  ]
  for (const [args, status, why] of wrong)
    expect([args, await run(args)]).toEqual([args, { status, out: '', err: expect.stringContaining(why) }])
  expect((await call('GET /coins')).body.balance).toBe(42)
})

/** Uploads a real photo and waits until it is processed. */
async function upload(): Promise<number> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(await photo().jpeg().toBuffer())]), 'a.jpg')
  const headers = { authorization: `Bearer ${token}` }
  const { id } = (await (
    await fetch(`${server.address}/api/files`, { method: 'POST', headers, body: form })
  ).json()) as { id: number }
  while ((await call(`GET /files/${id}`)).body.status === 'processing') await Bun.sleep(50)
  return id
}

const audit = async () => {
  const { status, out } = await run(['audit', '--json'])
  return { status, ...JSON.parse(out) }
}

test('the audit reads coins and stored files, lists faults and exits with status 1', async () => {
  const id = await upload()
  expect(await audit()).toEqual({ status: 0, ok: true, transfers: 3, accounts: 2, files: 1, faults: [] })
  expect(await run(['audit'])).toEqual({ status: 0, out: '3 transfers, 2 accounts, 1 file: no faults.\n', err: '' })

  const stored = (name: string) => join(dir, 'media', String(id), name)
  const bytes = readFileSync(stored('original'))
  writeFileSync(stored('original'), bytes.with(bytes.length >> 1, bytes[bytes.length >> 1]! ^ 1))
  expect(await audit()).toMatchObject({ status: 1, ok: false, faults: [`file ${id}: original has changed`] })
  writeFileSync(stored('original'), bytes)
  for (const name of ['original', 'full/full.webp', 'preview/blurred.webp']) {
    renameSync(stored(name), `${stored(name)}.away`)
    expect(await audit()).toMatchObject({ status: 1, faults: [`file ${id}: ${name} is missing`] })
    renameSync(`${stored(name)}.away`, stored(name))
  }

  using other = new Database(join(dir, 'pinhole.sqlite'))
  other.run('update entries set coins = coins + 1 where id = 2')
  const { status, out } = await run(['audit'])
  expect([status, out.trim().split('\n')]).toEqual([
    1,
    [
      'transfer 1 creates or loses coins',
      'transfer 1 was changed: its hash is wrong',
      'entry 2 does not follow from the previous entry of account 2',
      '3 transfers, 2 accounts, 1 file: 3 faults.',
    ],
  ])
  other.run('update entries set coins = coins - 1 where id = 2')
  expect((await audit()).ok).toBe(true)
})

test('without a database there is nothing to audit', async () => {
  const { status, err } = await pinhole(['audit', '--data', join(dir, 'nowhere')])
  expect([status, err]).toEqual([1, expect.stringContaining('There is no community in')])
})
