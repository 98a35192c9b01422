import { expect, test } from 'bun:test'
import { Glob } from 'bun'
import { createTranslate } from '../views/words'
import { ko } from '../views/words/ko'

const root = new URL('../', import.meta.url).pathname
const text = String.raw`'((?:[^'\\\n]|\\.)+)'`

/** The same, ending with a full stop. */
const sentence = String.raw`'((?:[^'\\\n]|\\.)+\.)'`

/** Where a sentence for people stands in the code. Only literals: what is put together at run time nobody can translate. */
const PLACES = [
  ['{views,src,shapes}/**/*.{ts,tsx}', String.raw`\bt\(\s*${text}`],
  ['{views,src,shapes}/**/*.{ts,tsx}', String.raw`\bt\(\s*\{\s*one: '(?:[^'\\\n]|\\.)+',\s*other: ${text}`],
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
    [...source.matchAll(new RegExp(pattern, 'gm'))].map(([, found]) => (found ?? '').replaceAll(`\\'`, `'`)),
  )
}

const perPlace = await Promise.all(PLACES.map(([glob, pattern]) => sentencesIn(glob, pattern)))
const sentences = new Set(perPlace.flat())

test('every place is still written the way this test reads it', () => {
  expect(perPlace.map((found) => found.length > 0)).toEqual(PLACES.map(() => true))
})

test('every sentence people see has its Korean', () => {
  expect([...sentences].filter((sentence) => !ko[sentence])).toEqual([])
})

test('no Korean is left of a sentence that nobody says any more', () => {
  expect(Object.keys(ko).filter((sentence) => !sentences.has(sentence))).toEqual([])
})

test('a translation has the values of its sentence', () => {
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
