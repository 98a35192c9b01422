import { expect, test } from 'bun:test'
import { Glob } from 'bun'
import { createTranslate } from '../views/words'
import { ko } from '../views/words/ko'

const root = new URL('../', import.meta.url).pathname
/** A string literal in single or double quotes; the formatter chooses double ones around an apostrophe. */
const text = String.raw`(?<quote>['"])(?<text>(?:(?!\k<quote>)[^\\\n]|\\.)+)\k<quote>`
const anyText = String.raw`(?:'(?:[^'\\\n]|\\.)+'|"(?:[^"\\\n]|\\.)+")`

/** A string literal that ends with a full stop. */
const sentence = String.raw`(?<quote>['"])(?<text>(?:(?!\k<quote>)[^\\\n]|\\.)+\.)\k<quote>`

/** The places in the code where texts for people are written. Only literals are found, as only they can be translated. */
const PLACES = [
  ['{views,src,shapes}/**/*.{ts,tsx}', String.raw`\bt\(\s*${text}`],
  ['{views,src,shapes}/**/*.{ts,tsx}', String.raw`\bt\(\s*\{\s*one: ${anyText},\s*other: ${text}`],
  ['{src,shapes}/**/*.{ts,tsx}', String.raw`new Problem\(\s*'\w+',\s*${text}`],
  ['{src,shapes}/**/*.{ts,tsx}', String.raw`\b(?:message|error):\s*${text}`],
  [
    '{src,shapes}/**/*.{ts,tsx}',
    String.raw`\.(?:min|max|length|regex|refine|literal)\((?:[^'\n]|\n\s+(?!\.)|'[^'\n]*'(?=[\],]))*?,\s*${sentence},?\s*\)`,
  ],
  ['{src,shapes}/**/*.{ts,tsx}', String.raw`\bz\s*\.(?:email|url|string|int|enum)\(${text}\)`],
  ['src/media/errors.ts', String.raw`^\s+\w+:\s*${text},$`],
] as const

async function sentencesIn(glob: string, pattern: string): Promise<string[]> {
  const paths = [...new Glob(glob).scanSync(root)].filter(
    (path) => !/\.test\.tsx?$|^src\/cli\/|^views\/assets\/|^views\/words\//.test(path),
  )
  const sources = await Promise.all(paths.map((path) => Bun.file(root + path).text()))
  return sources.flatMap((source) =>
    [...source.matchAll(new RegExp(pattern, 'gm'))].map(({ groups }) => (groups?.text ?? '').replaceAll(`\\'`, `'`)),
  )
}

const perPlace = await Promise.all(PLACES.map(([glob, pattern]) => sentencesIn(glob, pattern)))
const sentences = new Set(perPlace.flat())

test('the code still writes its texts in every way that this test reads', () => {
  expect(perPlace.map((found) => found.length > 0)).toEqual(PLACES.map(() => true))
})

test('every sentence that people see has a Korean translation', () => {
  expect([...sentences].filter((sentence) => !ko[sentence])).toEqual([])
})

test('no translation is left of a sentence that is no longer used', () => {
  expect(Object.keys(ko).filter((sentence) => !sentences.has(sentence))).toEqual([])
})

test('no sentence stands in two dictionary files, since the later one would silently win', async () => {
  const files = [...new Glob('views/words/ko/*.ts').scanSync(root)]
  const dictionaries = await Promise.all(files.map((file) => import(root + file)))
  const keys = dictionaries.flatMap((dictionary) =>
    Object.values(dictionary).flatMap((words) => Object.keys(words as object)),
  )
  expect(keys.length).toBeGreaterThanOrEqual(Object.keys(ko).length)
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
})

test('a translation has the same values as its sentence', () => {
  const names = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).sort()
  expect(Object.entries(ko).filter(([english, korean]) => `${names(english)}` !== `${names(korean)}`)).toEqual([])
})

test('counted sentences have two forms in English and one in Korean', () => {
  const posts = { one: '{n} post', other: '{n} posts' }
  const say = (locale: 'en' | 'ko', n: number) => createTranslate(locale)(posts, { n })
  expect([say('en', 1), say('en', 1200), say('ko', 1), say('ko', 1200)]).toEqual([
    '1 post',
    '1,200 posts',
    '게시물 1개',
    '게시물 1,200개',
  ])
})
