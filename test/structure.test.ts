import { expect, test } from 'bun:test'
import { Glob } from 'bun'

const root = new URL('../', import.meta.url).pathname
const files = await Promise.all(
  [...new Glob('{src,views}/**/*.{ts,tsx}').scanSync(root)].map(async (path) => ({ path, text: await Bun.file(root + path).text() })),
)
const offenders = (where: (path: string) => boolean, what: RegExp) =>
  files.filter(({ path, text }) => where(path) && what.test(text)).map(({ path }) => path)

test('only main.ts knows the environment', () => {
  expect(offenders((path) => path !== 'src/main.ts', /process\.env|Bun\.env/)).toEqual([])
})

test('views ask no database and no request: what they import is types', () => {
  expect(offenders((path) => path.startsWith('views/'), /import (?!type)[^\n]*\/src\//)).toEqual([])
})

test('models know neither HTTP nor views', () => {
  expect(offenders((path) => path.endsWith('/model.ts'), /from '(hono|.*views\/)/)).toEqual([])
})

test('a table is written only from its own folder', () => {
  const tables = files
    .filter(({ path }) => path.endsWith('/table.ts'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/export const (\w+) = table\(/g)].map(([, name]) => ({ name, folder: path.replace('table.ts', '') })),
    )
  expect(tables.length).toBeGreaterThan(5)
  for (const { name, folder } of tables)
    expect(
      offenders((path) => !path.startsWith(folder) && !path.endsWith('.test.ts'), new RegExp(`\\.(insert|update|delete)\\(${name}\\)`)),
    ).toEqual([])
})

test('no file outgrows 300 lines', () => {
  expect(files.filter(({ text }) => text.split('\n').length > 300).map(({ path }) => path)).toEqual([])
})
