import { afterAll, beforeAll, expect, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import pack from '../../package.json'
import { emptyFolder, type Place } from './executable'

let place: Place
beforeAll(async () => {
  place = await emptyFolder()
})
afterAll(() => place[Symbol.asyncDispose]())

test('the program prints its version, its commands and its licences, and leaves no files behind', async () => {
  const version = await place.run(['version'])
  expect([version.status, version.err, version.out]).toEqual([0, '', expect.stringContaining(pack.version)])
  const help = await place.run(['--help'])
  expect(help.status).toBe(0)
  for (const command of [
    'serve',
    'users create',
    'users reset-password',
    'invites create',
    'backup',
    'restore',
    'doctor',
    'rebuild-inboxes',
    'licenses',
    'version',
  ]) {
    expect(help.out).toContain(command)
    const about = await place.run([...command.split(' '), '--help'])
    expect([command, about.status, about.err, about.out.length > 60]).toEqual([command, 0, '', true])
  }
  const licenses = await place.run(['licenses'])
  expect(licenses.status).toBe(0)
  for (const part of ['GNU AFFERO', 'sharp', 'libvips', 'hono', 'drizzle-orm', 'libheif', 'htmx'])
    expect(licenses.out).toMatch(new RegExp(part, 'i'))
  expect(readdirSync(place.folder)).toEqual(['pinhole'])
})

test('wrong usage exits with 2 and suggests what was meant', async () => {
  const wrong = await place.run(['bakcup', 'x'])
  expect([wrong.status, wrong.out, wrong.err]).toEqual([2, '', expect.stringContaining('pinhole backup')])
  for (const args of [
    ['restore'],
    ['version', 'x'],
    ['serve', '1', '2'],
    ['serve', '--nothing'],
    ['users'],
    ['users', 'create'],
  ]) {
    const { status, err } = await place.run(args)
    expect([args, status, err.length > 20]).toEqual([args, 2, true])
  }
})

test('wrong settings exit with 1, are all named in one message, and create nothing', async () => {
  const env = {
    PINHOLE_PORT: '99999',
    PINHOLE_ACCESS: 'secret',
    PINHOLE_QOUTA_MB: '3',
    PINHOLE_URL: 'photos.example.org',
    PINHOLE_TLS_KEY: '/nothing',
  }
  const { status, out, err } = await place.run(['serve', '--data', 'never'], { env })
  expect([status, out]).toEqual([1, ''])
  for (const name of Object.keys(env)) expect(err).toContain(name)
  expect(err).toContain('PINHOLE_QUOTA_MB') // the suggestion
  expect(readdirSync(place.folder)).not.toContain('never')
})

test('a second server on the same folder exits and names the first one', async () => {
  const server = await place.serve({ data: 'once' })
  const second = await place.run(['serve', '0', '--data', 'once'])
  expect([second.status, second.out]).toEqual([1, ''])
  for (const part of [String(server.pid), server.address]) expect(second.err).toContain(part)
  expect((await fetch(`${server.address}/readyz`)).status).toBe(200)
  const taken = await place.run(['serve', new URL(server.address).port, '--host', '127.0.0.1', '--data', 'other'])
  expect([taken.status, taken.err]).toEqual([1, expect.stringContaining('Another program uses port')])
  await server.stop('SIGKILL')
  const after = await place.serve({ data: 'once' }) // the lock ended with the process
  expect((await after.stop('SIGTERM')).status).toBe(0)
})

test('only its owner can read the data folder, and doctor finds nothing wrong with a new installation', async () => {
  const server = await place.serve({ data: 'sound' })
  const { status, out } = await place.run(['doctor', '--data', 'sound'], { env: { PINHOLE_MIN_FREE_MB: '1' } })
  expect([status, out]).toEqual([0, expect.stringContaining('No problems found')])
  for (const name of ['secrets.json', 'pinhole.sqlite'])
    expect([name, (await Bun.file(join(place.folder, 'sound', name)).stat()).mode & 0o077]).toEqual([name, 0])
  await server.stop()
})

test('people can be created while the server runs, and invites and reset links work', async () => {
  const server = await place.serve({ data: 'people' })
  const at = ['--data', 'people']
  const made = await place.run(['users', 'create', 'boss', '--role', 'admin', '--password-stdin', ...at], {
    stdin: 'a long password\n',
  })
  expect([made.status, made.err]).toEqual([0, ''])
  const again = await place.run(['users', 'create', 'BOSS', '--password-stdin', ...at], { stdin: 'a long password\n' })
  expect([again.status, again.err]).toEqual([1, expect.stringContaining('taken')])
  const link = (await place.run(['invites', 'create', ...at])).out.trim()
  expect([link.startsWith(`${server.address}/users/new?invite=`), (await fetch(link)).status]).toEqual([true, 200])
  const reset = (await place.run(['users', 'reset-password', 'boss', ...at])).out.trim()
  expect((await fetch(reset)).status).toBe(200)
  await server.stop()
  const next = await place.serve({ data: 'people' })
  expect(next.setupUrl).toBeNull() // there is an administrator
  await next.stop()
})
