import { EFFECTS, type Effect } from '../../shapes/words'
import type { Judge } from '../ports/words'

type Listed = { word: string; effect: Effect; whole: boolean }

/**
 * Brings a text into the form in which words are compared: compatible characters become one (full-width letters, single
 * jamo to syllables), invisible characters go, and so do accents of alphabets that have them. Other scripts keep their
 * marks, which are letters there.
 */
const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{Default_Ignorable_Code_Point}+/gu, '')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{Mn}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()

/** Signs that people put between letters so that a word is not found. A space counts only when it stands in every gap. */
const SIGNS = '[\\p{P}\\p{S}]{0,3}'
const GAPS = '[\\p{P}\\p{S}\\s]{1,4}'
const HANGUL = /\p{Script=Hangul}/u

/** The endings that a Korean noun may carry and still be the same word, the longest first. */
const PARTICLES = `
  이에요 에게서 으로서 으로써 이라고 입니다 한테서 이랑 에서 에게 한테 으로 까지 부터 처럼
  같은 같이 보다 이야 예요 이다 들이 들은 들을 들아 라고 인가 이냐 이네 들의 들도 이여 들
  은 는 이 가 을 를 의 에 도 로 와 과 랑 만 야 아 여 님 다 요 네 냐 인
`
  .trim()
  .split(/\s+/)

const SIGN = /[\p{P}\p{S}]/u
const escaped = (letter: string) => letter.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/**
 * Sets a gap between the letters. Beside a sign of the word itself it contains no signs: a row of signs could otherwise be
 * divided among letters and gaps in so many ways that comparing a text takes hours.
 */
const withGaps = (parts: string[], gap: string, besideSign: string) =>
  parts.reduce((before, part, at) => {
    const meets = [[...parts[at - 1]!].at(-1), [...part][0]].some((each) => SIGN.test(each ?? ''))
    return `${before}${meets ? besideSign : gap}${part}`
  })

/** A pattern that finds the word, also when its letters are set apart. */
function patternOf({ word, whole }: Listed): RegExp {
  const parts = fold(word).split(/\s+/).filter(Boolean)
  const letters = parts.flatMap((part) => [...part]).map(escaped)
  const close = withGaps(
    parts.map((part) => withGaps([...part].map(escaped), SIGNS, '')),
    '[\\s\\p{P}]+',
    '\\s+',
  )
  const apart = letters.length > 2 || HANGUL.test(word) ? `|${withGaps(letters, GAPS, '\\s{0,4}')}` : ''
  const found = `(?:${close}${apart})`
  if (!whole) return new RegExp(found, 'u')
  const ending = HANGUL.test(word) ? `(?:${PARTICLES.join('|')})?` : ''
  return new RegExp(`(?<![\\p{L}\\p{N}])${found}${ending}(?![\\p{L}\\p{N}])`, 'u')
}

/** The letters of a text without what may stand between those of a word. */
const lettersOf = (folded: string) => folded.replace(/[\p{P}\p{S}\s]+/gu, '')

/** Makes the function that judges texts by a list of words. The strictest effect of all words found counts. */
export function judgeBy(list: Listed[]): Judge {
  const patterns = list
    .filter(({ word }) => fold(word).trim())
    .map((each) => ({ ...each, letters: lettersOf(fold(each.word)), pattern: patternOf(each) }))
  return (text) => {
    if (!patterns.length || !text) return null
    const folded = fold(text)
    const letters = lettersOf(folded) // most words are not among them, and looking for a text is much quicker
    const found = patterns.filter((each) => letters.includes(each.letters) && each.pattern.test(folded))
    const effect = EFFECTS.find((each) => found.some((one) => one.effect === each))
    return effect ? { effect, words: found.map(({ word }) => word) } : null
  }
}
