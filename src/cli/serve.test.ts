import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinhole, servePinhole } from '../../test/process'

let dir: string
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'pinhole-')), 'data')
})
afterEach(() => rmSync(join(dir, '..'), { recursive: true }))

const isLinux = process.platform === 'linux'
const password = 'a long password'
const send = (url: string, body: unknown) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
const isUp = async ({ address }: { address: string }) => (await fetch(`${address}/healthz`)).status

test('the first start creates a private folder, and the set-up link is printed until it is used', async () => {
  const first = await servePinhole(dir)
  expect(await isUp(first)).toBe(200)
  expect(statSync(dir).mode & 0o777).toBe(0o700)
  for (const name of ['secrets.json', 'pinhole.sqlite']) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600)
  expect((await first.stop()).status).toBe(0)

  const second = await servePinhole(dir)
  expect(second.setupUrl).toStartWith(`${second.address}/setup?token=`)
  expect((await fetch(second.setupUrl!)).status).toBe(200)
  const token = new URL(second.setupUrl!).searchParams.get('token')
  expect((await send(`${second.address}/api/setup`, { token, handle: 'ann', password })).status).toBe(201)
  expect((await send(`${second.address}/api/setup`, { token, handle: 'bob', password })).status).toBe(410)
  expect((await second.stop('SIGINT')).status).toBe(0)

  await using third = await servePinhole(dir)
  expect(third.setupUrl).toBeNull()
})

test.skipIf(!process.env.TEST_PROGRAM || !isLinux)(
  'a server of the executable gets settings that save memory, in the process that was started, unless the host chose them',
  async () => {
    const settingsOf = async (env: Record<string, string>) => {
      await using server = await servePinhole(dir, { env })
      expect(server.pid).toBe(server.startedPid)
      const settings = readFileSync(`/proc/${server.pid}/environ`, 'latin1').split('\0')
      return settings.filter((each) => /^(BUN_JSC_heap|MIMALLOC_)/.test(each)).sort()
    }
    expect(await settingsOf({})).toEqual(['BUN_JSC_heapGrowthMaxIncrease=0.8', 'MIMALLOC_PURGE_DELAY=10'])
    const chosen = { BUN_JSC_heapGrowthMaxIncrease: '3' }
    expect(await settingsOf(chosen)).toEqual(['BUN_JSC_heapGrowthMaxIncrease=3', 'MIMALLOC_PURGE_DELAY=10'])
  },
)

test('a second server is refused with the address of the first one, and kill -9 releases the folder', async () => {
  const first = await servePinhole(dir)
  const { status, err } = await pinhole(['serve', '0', '--data', dir])
  expect(status).toBe(1)
  expect(err).toContain(`in use by process ${first.pid} at ${first.address}.`)
  expect(await isUp(first)).toBe(200)
  await first.stop('SIGKILL')
  await using again = await servePinhole(dir)
  expect(await isUp(again)).toBe(200)
})

test('of two simultaneous first starts one serves, and neither finds an incomplete folder', async () => {
  const starts = await Promise.allSettled([servePinhole(dir), servePinhole(dir)])
  const [served, ...others] = starts.filter((start) => start.status === 'fulfilled')
  const [refused] = starts.filter((start) => start.status === 'rejected')
  await using server = served!.value
  expect(others).toEqual([])
  expect(String(refused!.reason)).toContain('is in use by process')
  expect(await isUp(server)).toBe(200)
})

test('after SIGTERM running requests finish and new ones are refused', async () => {
  const server = await servePinhole(dir)
  const running = send(`${server.address}/api/sessions`, { handle: 'nobody', password }) // hashing takes a while
  await Bun.sleep(20)
  const stopped = server.stop()
  expect((await running).status).toBe(401)
  const { status, err } = await stopped
  expect(status).toBe(0)
  expect(err).toContain('Stopping signal=SIGTERM')
  await expect(isUp(server)).rejects.toThrow()
})

test('errors while opening the port are explained', async () => {
  await using other = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
  const taken = await pinhole(['serve', String(other.port), '--host', '127.0.0.1', '--data', dir])
  expect(taken).toMatchObject({ status: 1, err: expect.stringContaining(`Another program uses port ${other.port}.`) })
  const nowhere = await pinhole(['serve', '0', '--host', '203.0.113.9', '--data', dir])
  expect(nowhere).toMatchObject({ status: 1, err: expect.stringContaining('no address 203.0.113.9') })
})

test.skipIf(!Bun.which('openssl'))('it speaks https with a certificate, and JSON in its log', async () => {
  mkdirSync(join(dir, '..', 'tls'))
  const [cert, key] = ['cert.pem', 'key.pem'].map((name) => join(dir, '..', 'tls', name)) as [string, string]
  const made = Bun.spawnSync([
    'openssl',
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '30',
    '-subj',
    '/CN=localhost',
    '-keyout',
    key,
    '-out',
    cert,
  ])
  expect(made.success).toBe(true)
  const server = await servePinhole(dir, {
    env: { PINHOLE_TLS_CERT: cert, PINHOLE_TLS_KEY: key, PINHOLE_LOG: 'json' },
  })
  expect(server.address).toStartWith('https://')
  expect(
    (
      await fetch(`${server.address}/healthz`, {
        tls: { ca: readFileSync(cert, 'utf8'), checkServerIdentity: () => undefined },
      })
    ).status,
  ).toBe(200)
  const lines = (await server.stop()).err
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.at(-1)).toMatchObject({ level: 'info', message: 'Stopping', signal: 'SIGTERM' })
})
