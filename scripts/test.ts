import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { freemem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '../test/postgres/server'
import { compile, generate } from './build'
import { sliceOnPostgres, testsOnPostgres, testsOnSqlite } from './engines'

const bin = (name: string) => `node_modules/.bin/${name}`
const score = { passed: 0, failed: 0 }

type Outcome = { ok: boolean; output: string }

async function check(name: string, work: () => Promise<Outcome>) {
  const start = performance.now()
  const { ok, output } = await work().catch((error): Outcome => ({ ok: false, output: Bun.inspect(error) }))
  score[ok ? 'passed' : 'failed']++
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(ok ? `ok   ${name} (${seconds} s)` : `FAIL ${name} (${seconds} s)\n${output.trim()}\n`)
}

async function command(...args: string[]): Promise<Outcome> {
  const child = Bun.spawn(args, { stdout: 'pipe', stderr: 'pipe', stdin: 'ignore' })
  const [out, err, status] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
  return { ok: status === 0, output: out + err }
}

type Engine = 'sqlite' | 'postgres'

/** Tests run most code a few times. The last compilers of JavaScript and WebAssembly would cost more than they save. */
const FEWER_COMPILERS = { BUN_JSC_useFTLJIT: '0', BUN_JSC_useOMGJIT: '0' }

type Run = { passed: number; failed: number; left: number; failures: Failures[] }
type Failures = { path: string; count: number; output: string }

/**
 * Runs `bun test` and counts the results from its summary. An error outside of a test counts as a failure. The time
 * limit ends tests that hang; it is long enough for the slowest test on a busy machine.
 */
async function bunTest(engine: Engine, args: string[], show: (text: string) => void): Promise<Run> {
  const child = Bun.spawn([process.execPath, 'test', '--timeout=240000', ...args], {
    env: { ...process.env, ...FEWER_COMPILERS, TEST_ENGINE: engine },
    stdout: 'inherit',
    stderr: 'pipe',
    stdin: 'ignore',
  })
  let said = ''
  for await (const chunk of child.stderr.pipeThrough(new TextDecoderStream())) {
    show(chunk)
    said += chunk
  }
  const status = await child.exited
  const summary = Bun.stripANSI(said)
  const count = (what: string) => Number([...summary.matchAll(new RegExp(`^ *(\\d+) ${what}`, 'gm'))].at(-1)?.[1] ?? 0)
  return {
    passed: count('pass'),
    failed: Math.max(count('fail'), count('errors?'), status ? 1 : 0), // most errors are also counted as failures
    left: count('skip') + count('todo'),
    failures: failuresIn(summary),
  }
}

/** The test files with failures and what they printed. Bun writes a file's path above its output. */
function failuresIn(output: string): Failures[] {
  const parts = output.split(/^(\w+\/\S+\.test\.tsx?):$/m).slice(1)
  return parts.flatMap((path, i) => {
    const text = parts[i + 1] ?? ''
    const count = [...text.matchAll(/^(?:\(fail\)|# Unhandled error)/gm)].length
    return i % 2 === 0 && count ? [{ path, count, output: text.trim() }] : []
  })
}

/** When more files than this have failures, the product is broken and nothing is run again. */
const MOST_RERUNS = 5

/**
 * Runs many test files and prints the output of those with failures. Each of these files then runs once more, alone,
 * because on a busy machine a browser or a killed server may be late once. Tests that pass the second time count as
 * passed, and their file is named as unsteady: the cause is a fault that somebody should look for.
 */
async function tests(engine: Engine, args: string[]) {
  const run = await bunTest(engine, args, () => {})
  for (const { path, output } of run.failures) console.log(`\n${path} has failures on ${engine}:\n${output}`)
  score.passed += run.passed
  score.failed += run.failed
  if (run.left) console.log(`${run.left} tests were skipped or are marked as todo.`)
  if (run.failures.length > MOST_RERUNS) return
  for (const { path, count } of run.failures) {
    const again = await bunTest(engine, ['--only-failures', `./${path}`], () => {})
    const passed = Math.max(count - again.failed, 0)
    score.passed += passed
    score.failed -= passed
    console.log(again.failed ? `FAIL ${path} failed twice.` : `UNSTEADY ${path} failed, and passed when it ran alone.`)
    for (const { output } of again.failures) console.log(output)
  }
}

/**
 * Three files at once on two processors, because tests wait for browsers, programs and clocks. While tests wait for
 * PostgreSQL, it works itself, so there two are faster. The slowest files start first, so that all workers end at about
 * the same time.
 */
const atOnce = (workers: 1 | 2 | 3) => ['--only-failures', `--parallel=${workers}`, '--timings=test/timings.json']
/** Loading the program takes half a second, and what is loaded already runs faster. */
const SHARED = '--no-isolate'
const files = (paths: string[]) => paths.map((path) => `./${path}`)

/** `beside` runs next to the tests with browsers and programs, which leave the processors free now and then. */
async function onSqlite(beside = async () => {}) {
  const { apart, together } = testsOnSqlite()
  await Promise.all([tests('sqlite', [...atOnce(3), ...files(apart)]), beside()])
  await tests('sqlite', [...atOnce(3), SHARED, ...files(together)])
}

async function onPostgres(paths: string[], workers: 1 | 2 = 2) {
  console.log(`${paths.length} test files on PostgreSQL:`)
  await tests('postgres', [...atOnce(workers), ...files(paths)])
}

/** Runs the tests that somebody asked for and shows everything that they print. */
async function chosen(engine: Engine, args: string[]) {
  const run = await bunTest(engine, args, (text) => process.stderr.write(text))
  score.passed += run.passed
  score.failed += run.failed
}

async function checkCode() {
  process.env.REDOCLY_TELEMETRY = 'off'
  await check('what the executable contains', async () => {
    await generate()
    return { ok: true, output: '' }
  })
  await Promise.all([
    // The bundler leaves one of two processors free for most of the time.
    check('executable', async () => {
      const output = await compile()
      process.env.TEST_PROGRAM = besideFolders('dist/pinhole')
      return { ok: true, output }
    }),
    // Several checkers would each find out the types that they share.
    ...['.', 'views/assets', 'test', 'client', 'client/examples'].map((project) =>
      check(`types of ${project}`, () => command(bin('tsc'), '-p', project, '--checkers', '1')),
    ),
    check('lint and format', () =>
      command(bin('biome'), 'ci', '--colors=off', '--error-on-warnings', '--max-diagnostics=50'),
    ),
    check('dead code', () => command(bin('knip'))),
    check('API document by Redocly', () => command(bin('redocly'), 'lint', 'docs/openapi.json')),
    check('API document by Spectral', () =>
      command(bin('spectral'), 'lint', 'docs/openapi.json', '--fail-severity=hint'),
    ),
  ])
}

const { values, positionals: wanted } = parseArgs({
  options: { on: { type: 'string' } },
  allowPositionals: true,
})
const engines: Engine[] =
  values.on === 'both' ? ['sqlite', 'postgres'] : values.on === 'postgres' ? ['postgres'] : ['sqlite']
if (values.on && !['sqlite', 'postgres', 'both'].includes(values.on)) {
  console.error(`--on ${values.on}: choose sqlite, postgres or both.`)
  process.exit(2)
}

/** The most that the folders of all tests together need, and what the tests and their browsers need besides. */
const FOLDERS_BYTES = 2 * 1024 ** 3
const BESIDES_BYTES = 4 * 1024 ** 3

/** The folder in memory in which tests have their folders. */
let room: string | undefined

/**
 * Lets tests have their folders in memory where there is enough of it, since they wait for the disk at every commit.
 * Returns what deletes the folders.
 */
function makeRoom(): Disposable {
  const inMemory = '/dev/shm'
  const hasRoom = existsSync(inMemory) && freeOn(inMemory) > FOLDERS_BYTES && freemem() > FOLDERS_BYTES + BESIDES_BYTES
  if (!hasRoom) return { [Symbol.dispose]: () => {} }
  const dir = mkdtempSync(join(inMemory, 'pinhole-tests-'))
  chmodSync(dir, 0o711) // PostgreSQL runs as another user where this is root
  room = process.env.TMPDIR = dir
  return { [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) }
}

/**
 * Puts the program beside the folders of the tests if these are in memory. Then the copies that tests make are further
 * names of one file, which is not written thirty times.
 */
function besideFolders(program: string): string {
  if (!room) return resolve(program)
  const copy = join(room, 'pinhole')
  copyFileSync(program, copy)
  return copy
}

function freeOn(dir: string): number {
  const { bavail, bsize } = statfsSync(dir)
  return bavail * bsize
}

async function all() {
  using _room = makeRoom()
  await using server = await startPostgres() // which all test processes share
  process.env.TEST_POSTGRES = server.url()
  if (values.on === 'both') process.env.TEST_WHOLE = '1'
  if (engines.includes('sqlite')) {
    await checkCode()
    await onSqlite(values.on ? undefined : () => onPostgres(sliceOnPostgres(), 1))
  }
  if (engines.includes('postgres')) await onPostgres(testsOnPostgres())
}

if (wanted.length) for (const engine of engines) await chosen(engine, wanted)
else
  await all().catch((error) => {
    console.error(error)
    score.failed++
  })
console.log(`${score.passed} passed, ${score.failed} failed`)
process.exit(score.failed ? 1 : 0)
