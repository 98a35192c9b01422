import { expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { Glob } from 'bun'

const root = new URL('../', import.meta.url).pathname
const sources = [...new Glob('{src,views,shapes}/**/*.{ts,tsx}').scanSync(root)]
  .filter((path) => !path.endsWith('.d.ts'))
  .sort()
const texts = new Map(
  await Promise.all(sources.map(async (path) => [path, await Bun.file(root + path).text()] as const)),
)

type Import = { path: string; isType: boolean; isLater: boolean }
const STATIC = /^(?:import|export)\s(type\s)?(?:[^'"`;]*?\sfrom\s)?'([^']+)'/gm
const LATER = /\bimport\('([^']+)'/g

/** The imports of a file. Our own files are given by their path from the project folder, packages by name. */
function importsOf(path: string): Import[] {
  const text = texts.get(path) ?? ''
  const resolve = (name: string) => {
    if (!name.startsWith('.')) return name
    const target = normalize(join(dirname(path), name))
    return [`${target}.ts`, `${target}.tsx`, `${target}/index.ts`].find((file) => texts.has(file)) ?? target
  }
  return [
    ...[...text.matchAll(STATIC)].map(([, type, name = '']) => ({
      path: resolve(name),
      isType: Boolean(type),
      isLater: false,
    })),
    ...[...text.matchAll(LATER)].map(([, name = '']) => ({ path: resolve(name), isType: false, isLater: true })),
  ]
}

const isTest = (path: string) => path.endsWith('.test.ts') || path.endsWith('.test.tsx')
const code = sources.filter((path) => path.startsWith('src/') && !isTest(path))
const imports = new Map(sources.map((path) => [path, importsOf(path)]))
const folders = new Set(sources.map(dirname))
const isTable = (path: string) => path.endsWith('/table.ts')
const isRoutes = (path: string) => /[/-]routes\.tsx?$/.test(path)
const isResource = (folder: string) => texts.has(`${folder}/table.ts`) || texts.has(`${folder}/model.ts`)
/** Files of resources that handle requests outside of routes: middleware and functions called by other routes. */
const REQUEST_FILES = [
  'src/idempotency/by-key.ts',
  'src/posts/draft/composer.ts',
  'src/oauth/client.ts',
  'src/oauth/errors.ts',
  'src/oauth/parameters.ts',
  'src/posts/public.ts',
  'src/posts/requested.ts',
  'src/sessions/accounts.ts',
  'src/sessions/authority.ts',
  'src/sessions/identify.ts',
  'src/sessions/new-device.ts',
  'src/sessions/check-passkey.ts',
  'src/sessions/signed-in.ts',
  'src/words/judge-texts.ts',
]
/** Every file in a resource's folder that works without a request. */
const isModel = (path: string) => isResource(dirname(path)) && !isRoutes(path) && !REQUEST_FILES.includes(path)

/** Every forbidden import, as `from → to`. */
const offences = (from: (path: string) => boolean, isWrong: (to: Import, from: string) => boolean) =>
  [...imports].flatMap(([path, list]) =>
    from(path) ? list.filter((to) => isWrong(to, path)).map((to) => `${path} → ${to.path}`) : [],
  )
const filesWith = (what: RegExp, where: string[]) => where.filter((path) => what.test(texts.get(path) ?? ''))

test('the test reads the sources and resolves their imports', () => {
  expect(code.length).toBeGreaterThan(40)
  expect(imports.get('src/app.tsx')).toContainEqual({ path: 'src/posts/routes.tsx', isType: false, isLater: false })
  expect(
    offences(
      () => true,
      ({ path }) => /^(src|views)\//.test(path) && !existsSync(root + path),
    ),
  ).toEqual([])
})

/**
 * The ground layer, on which every resource builds, so it may import none of them, not even their types. Every other
 * folder of src is a resource. The lists of all addresses and jobs (app.tsx, handlers.ts, frame.ts, open-app.ts,
 * erasure/) are above the resources.
 */
const GROUND = [
  /^src\/(assets|db|http|jobs|media|ports|settings|tls)\//,
  /^src\/(backup-place|config|config-schema|context|derived-key|disk|error-code|given|keys|log|measures|nearest|node|owner|problem|program|proxies|s3-address|same-secret|sealed)\.ts$/,
  /^src\/(running|shared-keys|signed-token|smtp|time-zone|url-part|version|web-streams)\.ts$/,
  /^(shapes|views)\//,
]
const isGround = (path: string) => GROUND.some((pattern) => pattern.test(path))

test('the ground layer imports no resource', () => {
  const isGroundCode = (path: string) => isGround(path) && !isTest(path)
  expect(sources.filter(isGroundCode).length).toBeGreaterThan(250)
  expect(offences(isGroundCode, ({ path }) => texts.has(path) && !isGround(path))).toEqual([])
})

test('only main.ts reads the environment', () => {
  expect(filesWith(/process\.env|Bun\.env|import\.meta\.env/, code)).toEqual(['src/main.ts'])
})

test('views use neither the database nor the request: they import only types from src', () => {
  expect(
    offences(
      (from) => from.startsWith('views/'),
      (to) => to.path.startsWith('src/') && !to.isType,
    ),
  ).toEqual([])
})

test('models import neither HTTP nor views', () => {
  const isHono = (path: string) => path === 'hono' || path.startsWith('hono/')
  expect(
    offences(
      (from) => isModel(from) && !isTest(from),
      (to) => isHono(to.path) || to.path.startsWith('views/'),
    ),
  ).toEqual([])
})

test('imports go one way: main → cli, app → routes → model → table → columns', () => {
  const wrong = (to: Import, from: string) => {
    const only = (...allowed: RegExp[]) => !allowed.some((path) => path.test(from))
    if (to.path === 'src/main.ts') return true
    if (to.path === 'src/app.tsx') return only(/^src\/main\.ts$/, /^src\/cli\//)
    if (to.path.startsWith('src/cli/')) return only(/^src\/main\.ts$/, /^src\/cli\//)
    if (isRoutes(to.path)) return only(/^src\/app\.tsx$/, /[/-]routes\.tsx?$/)
    return false
  }
  expect(offences((from) => !isTest(from), wrong)).toEqual([])
})

test('only db/ knows the database engine', () => {
  const isEngine = (path: string) => path === 'bun:sqlite' || path === 'pg' || path.startsWith('drizzle-orm/')
  expect(
    offences(
      (from) => !from.startsWith('src/db/') && !isTest(from),
      (to) => isEngine(to.path),
    ),
  ).toEqual([])
})

test('routes write with the authority of the viewer, which is checked again inside the transaction', () => {
  const routes = code.filter((path) => isRoutes(path) || REQUEST_FILES.includes(path))
  const withoutAuthority = ['src/sessions/identify.ts'] // signs people in, who have no session yet
  expect(filesWith(/\bapp\.write\b|\{[^}]*\bwrite\b[^}]*\} = c\.var\.app\b/, routes)).toEqual(withoutAuthority)
})

test('tables import only columns and other tables, and the database imports no resource', () => {
  const isOurs = (path: string) => path.startsWith('src/')
  expect(
    offences(isTable, (to) => isOurs(to.path) && to.path !== 'src/db/columns.ts' && !isTable(to.path) && !to.isType),
  ).toEqual([])
  expect(
    offences(
      (from) => from.startsWith('src/db/') && !isTest(from),
      (to) => isResource(dirname(to.path)),
    ),
  ).toEqual([])
})

test('there are no circular imports, including type imports', () => {
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (path: string, trail: string[]) => {
    if (trail.includes(path)) return void circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    if (done.has(path)) return
    for (const to of imports.get(path) ?? []) if (texts.has(to.path)) visit(to.path, [...trail, path])
    done.add(path)
  }
  for (const path of sources) visit(path, [])
  expect(circles).toEqual([])
})

test('a table is written only from its own folder', () => {
  const tables = code.filter(isTable).flatMap((path) =>
    [...(texts.get(path) ?? '').matchAll(/export const (\w+) = table\(\s*'(\w+)'/g)].map(([, name, table]) => ({
      name,
      table,
      folder: `${dirname(path)}/`,
    })),
  )
  expect(tables.length).toBeGreaterThan(5)
  for (const { name, table, folder } of tables) {
    const writes = new RegExp(
      `\\.(insert|update|delete)\\(${name}\\)|deleteSome\\(tx, ${name},|\`[^\`]*\\b(insert into|update|delete from) ${table}\\b[^\`]*\``,
    )
    expect(
      filesWith(
        writes,
        code.filter((path) => !path.startsWith(folder)),
      ),
    ).toEqual([])
  }
})

test('the first path segment of a URL is a folder of src, and the folders of views mirror those of src', () => {
  const mounted = [...(texts.get('src/app.tsx') ?? '').matchAll(/\.route\('\/([\w-]+)/g)]
    .map(([, segment]) => segment)
    .filter((segment) => segment !== 'api')
  expect(mounted.length).toBeGreaterThan(3)
  const made = ['', 'posts/'] // what belongs to a post is inside of its folder
  expect(mounted.filter((segment) => !made.some((where) => folders.has(`src/${where}${segment}`)))).toEqual([])
  const shared = ['views/parts', 'views/words', 'views/assets']
  const mirrors = [...folders].filter(
    (folder) => folder.startsWith('views/') && !shared.some((path) => folder.startsWith(path)),
  )
  expect(mirrors.filter((folder) => !folders.has(folder.replace('views/', 'src/')))).toEqual([])
})

test('schemas are made when they are first needed, as a start would otherwise make all of them', () => {
  const eager = /\bz\s*\.(?:strictO|looseO|o)bject\(|^(?:export )?const \w+ = (?:z\s*\.|\w+Field\()/m
  expect(
    filesWith(
      eager,
      sources.filter((path) => !isTest(path)),
    ),
  ).toEqual([])
})

test('a start loads no large module of Node', () => {
  const LARGE = /^node:(child_process|crypto|dns|https?|net|stream|tls|url|worker_threads|zlib)\b/
  const start = new Set<string>()
  const visit = (path: string) => {
    if (start.has(path)) return
    start.add(path)
    for (const to of imports.get(path) ?? []) if (texts.has(to.path) && !to.isType && !to.isLater) visit(to.path)
  }
  const steps = ['src/main.ts', 'src/cli/run.ts', 'src/cli/serve.ts']
  const later = steps.flatMap((path) => imports.get(path) ?? []).filter(({ isLater }) => isLater)
  for (const path of [...steps, ...later.map(({ path }) => path)]) visit(path)
  expect(start.size).toBeGreaterThan(700)
  expect(
    offences(
      (from) => start.has(from),
      (to) => !to.isType && LARGE.test(to.path),
    ),
  ).toEqual([])
})

test('there are no default exports, so that everything has one name', () => {
  expect(filesWith(/^export default\b/m, sources)).toEqual([])
})

test('no file is longer than 300 lines', () => {
  expect(sources.filter((path) => (texts.get(path) ?? '').split('\n').length > 301)).toEqual([])
})
