import { expect, test } from 'bun:test'
import { Glob } from 'bun'
import { createTranslate } from '../views/words'
import { dictionaries, LOCALES } from '../views/words/dictionaries'
import { pluralRules } from '../views/words/format'
import type { Dictionary } from '../views/words/forms'

const root = new URL('../', import.meta.url).pathname
/** A string literal in single or double quotes; the formatter chooses double ones around an apostrophe. */
const text = String.raw`(?<quote>['"])(?<text>(?:(?!\k<quote>)[^\\\n]|\\.)+)\k<quote>`
const anyText = String.raw`(?:'(?:[^'\\\n]|\\.)+'|"(?:[^"\\\n]|\\.)+")`

/** A string literal that ends with a full stop. */
const sentence = String.raw`(?<quote>['"])(?<text>(?:(?!\k<quote>)[^\\\n]|\\.)+\.)\k<quote>`

/** The places in the code where texts for people are written. Only literals are found, as only they can be translated. */
const PLACES = [
  ['{views,src,shapes}/**/*.{ts,tsx}', String.raw`\bt(?:\.forms)?\(\s*${text}`],
  ['{views,src,shapes}/**/*.{ts,tsx}', String.raw`\bt(?:\.forms)?\(\s*\{\s*one: ${anyText},\s*other: ${text}`],
  ['{src,shapes}/**/*.{ts,tsx}', String.raw`(?:new Problem|\bsuper)\(\s*'\w+',\s*${text}`],
  ['{src,shapes}/**/*.{ts,tsx}', String.raw`\b(?:message|error|empty|tooLong|note):\s*${text}`],
  [
    '{src,shapes}/**/*.{ts,tsx}',
    String.raw`\.(?:min|max|multipleOf|length|regex|refine|literal)\((?:[^'\n]|\n(?=[ ]*[^ .\n])|'[^'\n]*'(?=[\],]))*?,\s*${sentence},?\s*\)`,
  ],
  ['{src,shapes}/**/*.{ts,tsx}', String.raw`\bz\s*\.(?:email|url|string|int|enum)\(\s*${text}`],
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
const counted = new Set(perPlace[1])
const valuesOf = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).sort()

test('the code still writes its texts in every way that this test reads', () => {
  expect(perPlace.map((found) => found.length > 0)).toEqual(PLACES.map(() => true))
})

test('there is a dictionary for every language but English', () => {
  expect(LOCALES.filter((locale) => Object.keys(dictionaries[locale]).length === 0)).toEqual(['en'])
})

for (const locale of LOCALES.filter((locale) => locale !== 'en')) {
  const words: Dictionary = dictionaries[locale]
  const categories = pluralRules(locale).resolvedOptions().pluralCategories

  test(`${locale}: every sentence that people see is translated`, () => {
    expect([...sentences].filter((sentence) => !words[sentence])).toEqual([])
  })

  test(`${locale}: no translation is left of a sentence that is no longer used`, () => {
    expect(Object.keys(words).filter((sentence) => !sentences.has(sentence))).toEqual([])
  })

  test(`${locale}: no sentence stands in two files, since the later one would silently win`, async () => {
    const parts = [...new Glob(`views/words/${locale}/*.ts`).scanSync(root)].filter(
      (path) => !path.endsWith('/index.ts'),
    )
    const modules = await Promise.all(parts.map((path) => import(root + path)))
    const keys = modules.flatMap((module) => Object.values<Dictionary>(module).flatMap((part) => Object.keys(part)))
    expect(keys.length).toBeGreaterThanOrEqual(Object.keys(words).length)
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
  })

  test(`${locale}: a translation has the values of its sentence, though one form may leave out the number`, () => {
    const isWrong = ([english, translated]: [string, Dictionary[string]]) => {
      if (typeof translated === 'string') return `${valuesOf(english)}` !== `${valuesOf(translated)}`
      const others = (sentence: string) => `${valuesOf(sentence).filter((name) => name !== '{n}')}`
      return Object.values(translated).some((form) => others(english) !== others(form))
    }
    expect(Object.entries(words).filter(isWrong)).toEqual([])
  })

  test(`${locale}: a counted sentence has a form for each plural category: ${categories.join(', ')}`, () => {
    const formsOf = (sentence: string) => {
      const translated = words[sentence]
      return typeof translated === 'object' ? Object.keys(translated) : ['other']
    }
    const isComplete = (sentence: string) => `${formsOf(sentence).sort()}` === `${[...categories].sort()}`
    expect([...counted].filter((sentence) => !isComplete(sentence))).toEqual([])
  })
}

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

test('only one module makes Intl objects for pages, so that none is made twice', async () => {
  const makes = /\bnew Intl\.|\bIntl\.\w+Format\(|\.toLocale(?:Date|Time)?String\(/
  const makers = await Promise.all(
    [...new Glob('views/**/*.{ts,tsx}').scanSync(root)].map(async (path) =>
      makes.test(await Bun.file(root + path).text()) ? [path] : [],
    ),
  )
  expect(makers.flat()).toEqual(['views/words/format.ts'])
})
