import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { Glob, Transpiler } from 'bun'
import { LEFT_OUT } from './source'

const root = join(import.meta.dir, '..')
/** The module through which tests open a database. */
const HARNESS = 'test/harness.ts'
/**
 * Tests that import one of these modules try the built program or the making of videos. After it has made a video, a
 * process no longer reads some formats, which would reach the next file.
 */
const ALONE = ['test/acceptance/executable.ts', 'test/acceptance/machine.ts', 'test/clips.ts']
/** Tests in a browser take long, and the queries that they cause are those of other tests. */
const BROWSER = 'test/browser.ts'
/** Tests that find out nothing new on the second engine: they use PostgreSQL in any case, or copies in SQLite. */
const SAME = [/^test\/postgres\//, /^test\/data\//, /^test\/leak\/faults\.test\.ts$/]

/** The tests that `npm test` runs on PostgreSQL: money, inboxes, jobs, permissions and searches. */
const SLICE = [
  'src/blocks/blocks.test.ts',
  'src/coins/audit.test.ts',
  'src/coins/ledger.test.ts',
  'src/idempotency/idempotency.test.ts',
  'src/inbox/inbox.test.ts',
  'src/jobs/jobs.test.ts',
  'src/library/buying.test.ts',
  'src/posts/public.test.ts',
  'src/search/search.test.ts',
  'src/webhooks/orders.test.ts',
]

const allTests = (): string[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((each) => each.isDirectory() && !LEFT_OUT.has(each.name))
    .flatMap(({ name }) => [...new Glob(`${name}/**/*.test.{ts,tsx}`).scanSync(root)])
    .sort()

const reaches = (path: string, ...modules: string[]) => modules.some((module) => reachedFrom(path).has(module))

/** Tests that run the program inside of their own process share what they load. Tests in a browser share that, too. */
const mayShare = (path: string) => reaches(path, HARNESS, BROWSER) && !reaches(path, ...ALONE)

/** All test files: those that share what they load, and those that each run by themselves. */
export function testsOnSqlite(): { together: string[]; apart: string[] } {
  const { together = [], apart = [] } = Object.groupBy(allTests(), (path) => (mayShare(path) ? 'together' : 'apart'))
  return { together, apart }
}

/** The test files that find out something else on PostgreSQL than on SQLite. */
export const testsOnPostgres = (): string[] =>
  allTests().filter(
    (path) =>
      reaches(path, HARNESS) && !reaches(path, BROWSER, ...ALONE) && !SAME.some((pattern) => pattern.test(path)),
  )

/** Those of them that `npm test` runs each time. */
export function sliceOnPostgres(): string[] {
  const all = testsOnPostgres()
  const lost = SLICE.filter((path) => !all.includes(path))
  if (lost.length) throw new Error(`These tests are gone or do not run on PostgreSQL: ${lost.join(', ')}`)
  return SLICE
}

const transpilers = { ts: new Transpiler({ loader: 'ts' }), tsx: new Transpiler({ loader: 'tsx' }) }
const imports = new Map<string, string[]>()

/** The modules in `test/` that a test imports, and those that they import in turn. */
function reachedFrom(path: string, reached = new Set<string>()): Set<string> {
  if (!imports.has(path)) imports.set(path, importsOf(path))
  for (const found of imports.get(path)!) if (!reached.has(found)) reachedFrom(found, reached.add(found))
  return reached
}

/** Reads the imports of values. Those of types disappear when a file runs. */
function importsOf(path: string): string[] {
  const transpiler = transpilers[path.endsWith('x') ? 'tsx' : 'ts']
  const found = transpiler.scanImports(readFileSync(join(root, path), 'utf8'))
  return found
    .filter((each) => each.path.startsWith('.'))
    .map((each) => `${normalize(join(dirname(path), each.path))}.ts`)
    .filter((each) => each.startsWith('test/') && existsSync(join(root, each)))
}
