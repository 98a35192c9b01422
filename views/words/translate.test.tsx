import { expect, test } from 'bun:test'
import { useFrame, withFrame } from '../frame'
import { Layout } from '../layout'
import { createTranslate, type Translate } from '.'
import type { Locale } from './dictionaries'
import { dateFormat, languageName, numberFormat, sayDay, sayTime } from './format'
import type { Dictionary, Forms } from './forms'
import { formFor } from './forms'

/** A translator of a language that has no dictionary here. */
const speak = (locale: string, words: Dictionary): Translate => createTranslate(locale as Locale, words)
const files = { one: '{n} file', other: '{n} files' }
const FORMS: Forms = { one: '{n} plik', few: '{n} pliki', many: '{n} plików', other: '{n} pliku' }
const polish = speak('pl', { '{n} files': FORMS, 'Hello {name}.': 'Cześć {name}.' })

test('a language with few and many chooses among all of its forms', () => {
  expect([1, 2, 5, 12, 22, 1.5].map((n) => polish(files, { n }))).toEqual([
    '1 plik',
    '2 pliki',
    '5 plików',
    '12 plików',
    '22 pliki',
    '1,5 pliku',
  ])
})

test('a sentence that is missing in a dictionary stays English, with the English forms', () => {
  const posts = { one: '{n} post', other: '{n} posts' }
  expect([1, 2, 5].map((n) => polish(posts, { n }))).toEqual(['1 post', '2 posts', '5 posts'])
  expect([polish('Hello {name}.', { name: 'Ann' }), polish('Bye.')]).toEqual(['Cześć Ann.', 'Bye.'])
})

test('a sentence without English forms may have forms in another language', () => {
  const words = speak('pl', {
    '{n} new': { one: '{n} nowy', few: '{n} nowe', many: '{n} nowych', other: '{n} nowego' },
  })
  expect([1, 3, 7].map((n) => words('{n} new', { n }))).toEqual(['1 nowy', '3 nowe', '7 nowych'])
})

test('the browser is given all forms of a sentence, and chooses as the server does', () => {
  const sent: Forms = JSON.parse(JSON.stringify(polish.forms(files)))
  expect([1, 3, 5].map((n) => formFor(sent, n, 'pl'))).toEqual(['{n} plik', '{n} pliki', '{n} plików'])
  expect(createTranslate('ko').forms('{n} new')).toEqual({ other: createTranslate('ko')('{n} new') })
})

test('a page says in which direction its language is written', async () => {
  const Page = ({ t }: { t: Translate }) => withFrame({ ...useFrame(), t }, () => <Layout title="Pinhole" bare />)
  const starts = await Promise.all(
    ['en', 'ko', 'ar', 'he'].map(async (locale) => `${await (<Page t={speak(locale, {})} />)}`.split('>')[0]),
  )
  expect(starts).toEqual([
    '<html lang="en" dir="ltr"',
    '<html lang="ko" dir="ltr"',
    '<html lang="ar" dir="rtl"',
    '<html lang="he" dir="rtl"',
  ])
})

test('a language is listed under its own name, with a capital letter', () => {
  expect(['en', 'ko', 'pl'].map(languageName)).toEqual(['English', '한국어', 'Polski'])
})

test('a sentence has a day in words, in the time zone of its reader', () => {
  const at = new Date('2026-11-29T15:05:00Z')
  const until = (locale: 'en' | 'ko') =>
    createTranslate(locale)('You can come back until {day}.', { day: sayDay(at, locale, 'Asia/Seoul') })
  expect([until('ko'), until('en')]).toEqual([
    '2026년 11월 30일까지 돌아올 수 있어요.',
    'You can come back until Nov 30, 2026.',
  ])
  expect([sayTime(at, 'ko', 'Asia/Seoul'), sayTime(at, 'en', 'UTC')].map(String)).toEqual([
    '2026년 11월 30일 오전 12:05',
    'Nov 29, 2026, 3:05 PM',
  ])
  // @ts-expect-error: the form of tables is no text for a sentence
  createTranslate('ko')('You can come back until {day}.', { day: dateFormat('ko', { dateStyle: 'medium' }).format(at) })
})

test('a formatter is made once for a locale and its options', () => {
  const day = { dateStyle: 'medium' } as const
  expect(numberFormat('pl')).toBe(numberFormat('pl'))
  expect(dateFormat('ko', { ...day })).toBe(dateFormat('ko', day))
  expect(dateFormat('ko', day)).not.toBe(dateFormat('en', day))
})
