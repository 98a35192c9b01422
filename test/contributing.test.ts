import { expect, test } from 'bun:test'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { Glob } from 'bun'
import { scripts } from '../package.json'
import { dictionaries } from '../views/words/dictionaries'

const root = join(import.meta.dir, '..')
const PAPERS = ['*.md', 'client/*.md', 'docs/**/*.md', 'test/**/*.md', '.github/**/*.md']
const papers = await Promise.all(
  PAPERS.flatMap((pattern) => [...new Glob(pattern).scanSync({ cwd: root, dot: true })].sort()).map(async (path) => ({
    path,
    text: await Bun.file(join(root, path)).text(),
  })),
)
const MADE = ['node_modules', 'dist', 'data', '.git'] // missing in a fresh copy
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !MADE.includes(entry.name))
  .map(({ name }) => `${name}/`)

/** Paths of the project that a text names in backticks. A pattern such as `src/{a,b}.ts` needs a file that matches it. */
const pathsIn = (text: string) =>
  [...text.matchAll(/`([^`\s]+)`/g)]
    .map(([, name]) => name!)
    .filter((name) => folders.some((at) => name.startsWith(at)))

const isThere = (path: string) =>
  existsSync(join(root, path)) ||
  (/[*{]/.test(path) && !new Glob(path).scanSync({ cwd: root, dot: true, onlyFiles: false }).next().done)

/** Links to files of the project, without the part of the page that they lead to. */
const linksIn = (text: string) =>
  [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(([, to]) => to!).filter((to) => !/^[a-z]+:/.test(to))

test('the paths that documents name in backticks exist', () => {
  const named = papers.flatMap(({ path, text }) => pathsIn(text).map((name) => ({ path, name })))
  expect(named.length).toBeGreaterThan(60)
  expect(named.filter(({ name }) => !isThere(name))).toEqual([])
})

test('the links of documents lead to files that exist', () => {
  const links = papers.flatMap(({ path, text }) => linksIn(text).map((to) => ({ path, to })))
  expect(links.length).toBeGreaterThan(20)
  expect(links.filter(({ path, to }) => !existsSync(join(root, normalize(join(dirname(path), to)))))).toEqual([])
})

test('the npm commands that documents name exist', () => {
  const names = papers.flatMap(({ path, text }) =>
    [...text.matchAll(/npm run (?:-s )?([\w-]+)/g)].map(([, name]) => ({ path, name: name! })),
  )
  expect(names.length).toBeGreaterThan(5)
  expect(names.filter(({ name }) => !Object.hasOwn(scripts, name))).toEqual([])
})

/** Ways through pages of others: GitHub, Stripe, Grafana and Instagram. */
const ELSEWHERE = ['Security', 'Developers', 'Dashboards', 'Accounts Centre']
/** Ways through our pages, such as *Account → My data*, each as the titles on it. */
const waysIn = (text: string) =>
  [...text.matchAll(/(?<![\w*])\*([^*|`[\]]+ →\s[^*|`[\]]+)\*(?!\*)/g)]
    .map(([, way]) => way!.replace(/\s+/g, ' ').split(' → '))
    .filter(([first]) => !ELSEWHERE.includes(first!))

test('the ways through pages that documents name lead along titles of the interface, in English and Korean', () => {
  const texts = Object.entries(dictionaries.ko).flat()
  const ways = papers.flatMap(({ path, text }) => waysIn(text).map((titles) => ({ path, titles })))
  expect(ways.length).toBeGreaterThan(30)
  expect(ways.filter(({ titles }) => !titles.every((title) => texts.includes(title)))).toEqual([])
})

test('the page on running in Korean has every line of configuration that the English one has', () => {
  const textOf = (at: string) => papers.find(({ path }) => path === at)?.text ?? ''
  const linesOf = (text: string) => text.split('\n').map((line) => line.trim())
  const blocks = [...textOf('docs/running.md').matchAll(/^```(?:ini|yaml)\n(.*?)^```$/gms)].map(([, text]) => text!)
  expect(blocks.length).toBeGreaterThan(5)
  const korean = new Set(linesOf(textOf('docs/ko/running.md')))
  expect(blocks.flatMap(linesOf).filter((line) => !korean.has(line))).toEqual([])
})
