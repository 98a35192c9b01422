import { afterAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { partsOf } from '../../src/media/walls/enclose'
import { landlockVersion } from '../../src/media/walls/landlock'
import type { Targets } from './attempts'
import type { Orders } from './intruder'

const dataDir = mkdtempSync(join(tmpdir(), 'pinhole-walls-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
const SECRET = 'for the server only'
mkdirSync(join(dataDir, 'media/7'), { recursive: true })

const shell = Bun.which('bash') ?? '/bin/bash'
const socket = join(dataDir, 'socket')
const listener = { socket: { data() {} } }
const tcp = Bun.listen({ ...listener, hostname: '127.0.0.1', port: 0 })
const unix = Bun.listen({ ...listener, unix: socket })
const bystander = Bun.spawn(['/bin/sleep', '600'])
afterAll(() => {
  tcp.stop(true)
  unix.stop(true)
  bystander.kill()
})

/** Lets an intruder try everything, and lists the outcomes as `who: what → outcome`. */
async function intrude(isEnclosed: boolean) {
  for (const name of ['secrets.json', 'pinhole.sqlite', 'media/7/original'])
    writeFileSync(join(dataDir, name), SECRET, { mode: 0o600 })
  rmSync(join(dataDir, 'planted'), { force: true })
  const folder = join(dataDir, `workers/${crypto.randomUUID()}`)
  const { given, made } = partsOf(folder)
  for (const path of [given, made]) mkdirSync(path, { recursive: true })
  // the intruder's scripts take the place of the native libraries
  const enclosure = { folder, nativeDir: import.meta.dir, programs: [shell] }
  const targets: Targets = { dataDir, port: tcp.port, socket, bystander: bystander.pid, made }
  const orders: Orders = { enclosure: isEnclosed ? enclosure : null, targets, shell }
  const script = join(import.meta.dir, 'intruder.ts')
  const intruder = Bun.spawn([process.execPath, 'run', script, JSON.stringify(orders)], {
    env: {},
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [printed, complaints] = await Promise.all([intruder.stdout, intruder.stderr].map((s) => new Response(s).text()))
  if (!printed) throw new Error(complaints)
  return flatten(JSON.parse(printed))
}

const flatten = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value
    ? Object.entries(value).flatMap(([name, inner]) => flatten(inner, path ? `${path}: ${name}` : name))
    : [`${path} → ${value}`]
const isDone = (line: string) => line.endsWith('→ done')
/** Bun reports a socket that could not be made as a refused connection; the other test proves that somebody listens. */
const isRefused = (line: string) => /→ (refused|EACCES|EPERM|EXDEV)$|: connect .* → ECONNREFUSED$/.test(line)

/** The attempts of the main thread and of a Bun worker, of native code in both, and of a child process. */
const ATTEMPTS = 18 + 7 + (18 + 7) + 6

test('without the walls, everything that an intruder tries succeeds', async () => {
  const outcomes = await intrude(false)
  expect(outcomes.filter((line) => !isDone(line) && !line.includes('io_uring'))).toEqual([])
  expect(outcomes.length).toBe(ATTEMPTS)
})

test.skipIf(landlockVersion() < 6)('behind the walls, every kind of thread is refused everything', async () => {
  const outcomes = await intrude(true)
  expect(outcomes.filter((line) => !isRefused(line))).toEqual([])
  expect(outcomes.length).toBe(ATTEMPTS)
  expect(statSync(join(dataDir, 'pinhole.sqlite')).size).toBe(SECRET.length)
})
