import { Database } from 'bun:sqlite'
import { afterEach, beforeEach, expect, test } from 'bun:test'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCommunity, PROGRAM, pinhole, servePinhole } from '../../test/process'
import { isRoot } from '../owner'
import { commands } from './commands'

let dir: string
const data = () => join(dir, 'data')
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const password = 'a long password'

/** Every name in the folder with its owner, size and time of change. */
const inventory = (from: string) =>
  readdirSync(from, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const { uid, size, mtimeMs, mode } = statSync(join(from, name))
      return { name, uid, size, mtimeMs, mode }
    })

/** A command line for every command that needs a community. */
const LINES: Record<string, string[]> = {
  'users delete': ['ann'],
  import: [tmpdir(), '--as', 'ann'],
  'users export': ['ann', join(tmpdir(), 'ann.zip')],
  'users create': ['ann', '--password-stdin'],
  'users role': ['ann', 'admin'],
  'users reset-password': ['ann'],
  'invites revoke': ['1'],
  'users suspend': ['ann', '--reason', 'spam'],
  'users unsuspend': ['ann'],
  'users reset-second-factor': ['ann'],
  'coins grant': ['ann', '1'],
  'vouchers create': ['--coins', '1'],
  'files move': ['bucket'],
  move: ['--to', 'postgres://127.0.0.1:1/pinhole'],
  backup: ['copy.tar'],
}
const ANYWHERE = [
  'demo',
  'demo-painter',
  'serve',
  'backups',
  'restore',
  'doctor',
  'licenses',
  'version',
  'media-worker',
]

test('no command but serve and demo makes a community where there is none, and each names --data', async () => {
  for (const [name, { load }] of Object.entries(commands)) {
    if (ANYWHERE.includes(name)) continue
    expect({ name, anywhere: (await load()).anywhere }).toEqual({ name, anywhere: undefined })
    const args = [...name.split(' '), ...(LINES[name] ?? []), '--data', data()]
    const { status, out, err } = await pinhole(args, { stdin: password })
    expect({ name, status, out, err }).toEqual({
      name,
      status: 1,
      out: '',
      err: expect.stringMatching(/There is no community in .*--data/),
    })
  }
  expect(await pinhole(['doctor', '--data', data()])).toMatchObject({
    status: 1,
    out: expect.stringContaining('--data'),
  })
  expect(readdirSync(dir)).toEqual([])
})

test('doctor changes nothing in the folder, whether or not a server stopped properly', async () => {
  makeCommunity(data())
  const before = inventory(data())
  const env = { PINHOLE_MIN_FREE_MB: '1' }
  expect(await pinhole(['doctor', '--data', data()], { env })).toMatchObject({ status: 0, err: '' })
  expect(inventory(data())).toEqual(before)

  const server = await servePinhole(data())
  await pinhole(['users', 'create', 'ann', '--password-stdin', '--data', data()], { stdin: password })
  await server.stop('SIGKILL')
  const left = inventory(data())
  expect(left.map(({ name }) => name)).toContain('pinhole.sqlite-wal')
  expect(await pinhole(['doctor', '--data', data()], { env })).toMatchObject({ status: 0, err: '' })
  expect(inventory(data())).toEqual(left)
})

test('commands use the settings of the running server, not those of their own environment', async () => {
  const env = { PINHOLE_URL: 'https://photos.example.org', PINHOLE_TRUST_PROXY: '1', PINHOLE_MIN_FREE_MB: '1' }
  await using server = await servePinhole(data(), { env })
  expect(statSync(join(data(), 'control')).mode & 0o777).toBe(0o600)
  const at = ['--data', data()]
  const other = { PINHOLE_URL: 'https://wrong.example.org', PINHOLE_MIN_FREE_MB: '900000000' }
  const invite = await pinhole(['invites', 'create', ...at], { env: other })
  expect(invite).toMatchObject({ status: 0, err: '', out: expect.stringMatching(/^https:\/\/photos\.example\.org\//) })
  const { status, out } = await pinhole(['doctor', ...at], { env: other })
  expect({ status, out }).toEqual({ status: 0, out: expect.stringContaining('address: https://photos.example.org.') })
  expect(out).toContain(`The server runs as process ${server.pid}`)
  expect(out).toContain('jpeg can be read')
})

test('what no server says is not guessed without a word', async () => {
  makeCommunity(data())
  const invite = await pinhole(['invites', 'create', '--data', data()])
  expect(invite).toMatchObject({
    status: 0,
    out: expect.stringContaining('http://localhost:7777/'),
    err: expect.stringContaining('No server runs on'),
  })
  const { out } = await pinhole(['doctor', '--data', data()])
  expect(out).toMatch(/^warn {2}server: No server runs on .* its settings are unknown/m)
})

test('a server that hangs is reported, and a killed one leaves no socket in the way', async () => {
  const first = await servePinhole(data())
  process.kill(first.pid, 'SIGSTOP')
  const { status, out } = await pinhole(['doctor', '--data', data()])
  expect({ status, out }).toEqual({
    status: 1,
    out: expect.stringMatching(/^fail {2}server: Process \d+.* not answer/m),
  })
  await first.stop('SIGKILL')
  await using second = await servePinhole(data(), { env: { PINHOLE_MIN_FREE_MB: '1' } })
  expect((await pinhole(['doctor', '--data', data()])).out).toContain(`as process ${second.pid}`)
})

test('a data folder with a long path works', async () => {
  const deep = join(dir, 'a'.repeat(120))
  await using server = await servePinhole(deep, { env: { PINHOLE_URL: 'https://photos.example.org' } })
  const { out } = await pinhole(['invites', 'create', '--data', deep])
  expect(out).toStartWith('https://photos.example.org/')
  expect(server.pid).toBeGreaterThan(0)
})

test('no command updates the schema of a database that an older server may be using', async () => {
  makeCommunity(data())
  const database = new Database(join(data(), 'pinhole.sqlite'))
  database.run('delete from migrations where name = (select max(name) from migrations)')
  database.close()
  expect(await pinhole(['rebuild-inboxes', '--data', data()])).toMatchObject({
    status: 1,
    err: expect.stringContaining('Restart the server with this version'),
  })
})

const somebody = 61234
test.if(isRoot())(
  'commands of root leave every file in the folder to its owner, and the server of the owner goes on',
  async () => {
    mkdirSync(data())
    chmodSync(dir, 0o755)
    chownSync(data(), somebody, somebody)
    const owned = () => inventory(data()).filter(({ uid }) => uid !== somebody)
    const at = ['--data', data()]

    const server = await servePinhole(data()) // root serves, and becomes the owner
    expect(statSync(`/proc/${server.pid}`).uid).toBe(somebody)
    for (const args of [
      ['users', 'create', 'ann', '--role', 'admin', '--password-stdin'],
      ['invites', 'create'],
      ['doctor'],
      ['backup', join(dir, 'copy.tar')],
    ])
      await pinhole([...args, ...at], { stdin: password })
    expect(owned()).toEqual([])
    await server.stop()
    for (const args of [['users', 'create', 'bob', '--password-stdin'], ['keys', 'rotate'], ['doctor'], ['audit']])
      expect(await pinhole([...args, ...at], { stdin: password, env: { PINHOLE_MIN_FREE_MB: '1' } })).toMatchObject({
        status: 0,
      })
    expect(owned()).toEqual([])

    const other = join(dir, 'other')
    mkdirSync(other)
    chownSync(other, somebody, somebody)
    expect((await pinhole(['restore', join(dir, 'copy.tar'), '--data', other])).status).toBe(0)
    expect(inventory(other).filter(({ uid }) => uid !== somebody)).toEqual([])
    await using again = await servePinhole(other)
    expect((await fetch(`${again.address}/readyz`)).status).toBe(200)
  },
)

test.if(isRoot())(
  'doctor and other commands of a user who may not read the folder say so and change nothing',
  async () => {
    makeCommunity(data())
    chmodSync(dir, 0o755)
    chownSync(data(), 0, 0)
    const before = inventory(data())
    const as = (args: string[]) =>
      Bun.spawnSync(['setpriv', `--reuid=${somebody}`, '--clear-groups', ...PROGRAM, ...args, '--data', data()])
    const doctor = as(['doctor'])
    expect(doctor.exitCode).toBe(1)
    expect(doctor.stdout.toString()).toContain('This user cannot read')
    const invite = as(['invites', 'create'])
    expect([invite.exitCode, invite.stderr.toString()]).toEqual([1, expect.stringContaining('Run the command as root')])
    expect(inventory(data())).toEqual(before)
    expect(existsSync(join(data(), 'pinhole.sqlite-wal'))).toBe(false)
  },
)

test.if(isRoot())(
  'what root left in the folder is found, and does not keep the server from reading photos',
  async () => {
    makeCommunity(data())
    chmodSync(dir, 0o755)
    mkdirSync(join(data(), 'native/sharp'), { recursive: true, mode: 0o700 })
    for (const path of ['', 'pinhole.sqlite', 'secrets.json']) chownSync(join(data(), path), somebody, somebody)
    const { out } = await pinhole(['doctor', '--data', data()])
    expect(out).toContain(`Run: chown -R ${somebody}:${somebody} ${data()}`)
    await using server = await servePinhole(data())
    expect(server.pid).toBeGreaterThan(0)
    expect((await pinhole(['doctor', '--data', data()])).out).toContain('jpeg can be read')
  },
)
