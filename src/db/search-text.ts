/**
 * Splits text into the words that searching compares, without regard to case, accents and compatible forms of the same
 * character: `Ｃafé, 바다!` has the words `cafe` and `바다`.
 */
export const wordsOf = (text: string): string[] => fold(text).match(WORD) ?? []

const WORD = /[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/gu
/** The combining marks of Latin, Greek and Cyrillic letters. Other scripts have marks that change the word. */
const ACCENTS = /[\u0300-\u036f]/g

const fold = (text: string): string =>
  text
    .replace(/[ㄳ-ㅄ]/g, (pair) => PAIRS[pair] ?? pair)
    .toUpperCase() // turns ß into SS
    .toLowerCase()
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replaceAll('ς', 'σ')
    .normalize('NFKC')

/** Korean keyboards combine two consonants that are typed in a row. Initials of two syllables look like that. */
const PAIRS: Record<string, string> = {
  ㄳ: 'ㄱㅅ',
  ㄵ: 'ㄴㅈ',
  ㄶ: 'ㄴㅎ',
  ㄺ: 'ㄹㄱ',
  ㄻ: 'ㄹㅁ',
  ㄼ: 'ㄹㅂ',
  ㄽ: 'ㄹㅅ',
  ㄾ: 'ㄹㅌ',
  ㄿ: 'ㄹㅍ',
  ㅀ: 'ㄹㅎ',
  ㅄ: 'ㅂㅅ',
}

const SYLLABLE = /[가-힣]/g
/** Initial consonants, in the form that folding leaves. */
const INITIAL = /[\u1100-\u1112]/
const initialOf = (syllable: string) =>
  String.fromCodePoint(0x1100 + Math.floor((syllable.codePointAt(0)! - 0xac00) / 588))
const initialsOf = (word: string) => word.replace(SYLLABLE, initialOf)

/** The columns of an index for one text. Both consist of grams: pieces of three characters, in order. */
export type Indexed = { words: string; initials: string }

/**
 * Writes a text as the grams of its words. `<` and `>` are the edges of a word, so that `sea` becomes `<se sea ea> a>`:
 * one or two characters anywhere in a word are the beginning of a gram.
 * `initials` repeats the words that have Korean syllables, reduced to their first consonants.
 */
export function toGrams(text: string): Indexed {
  const words = wordsOf(text)
  const korean = words.map(initialsOf).filter((word) => INITIAL.test(word))
  return { words: grams(words), initials: grams(korean) }
}

const SIZE = 3
const grams = (words: string[]) => words.map((word) => piecesOf(`<${word}>`, 2).join(' ')).join(' ')

/** The grams of a text. Towards its end they become shorter, down to `least` characters. */
function piecesOf(text: string, least: number): string[] {
  const characters = [...text]
  return characters
    .slice(0, Math.max(0, characters.length - least + 1))
    .map((_, at) => characters.slice(at, at + SIZE).join(''))
}

/** How a text matches: all words of the query are words in it, begin words in it, or are parts of words in it. */
export const CLOSENESS = ['exact', 'prefix', 'inside'] as const
export type Closeness = (typeof CLOSENESS)[number]

/** A part of a query word: its characters, and the column in which it is looked up. */
type Part = { column: keyof Indexed; text: string; starts: boolean; ends: boolean }

/**
 * Splits a word of a query at the places where it changes between syllables and bare consonants. Bare consonants match
 * the initials of the whole word, as in `김ㅁ` for 김민수.
 */
function partsOf(word: string): Part[] {
  if (!INITIAL.test(word)) return [{ column: 'words', text: word, starts: true, ends: true }]
  const runs = word.split(/[\u1100-\u1112]+/)
  const whole: Part = { column: 'initials', text: initialsOf(word), starts: true, ends: true }
  return [
    whole,
    ...runs.flatMap((text, at): Part[] =>
      text ? [{ column: 'words', text, starts: at === 0, ends: at === runs.length - 1 }] : [],
    ),
  ]
}

/** One condition of a query: grams that follow each other in a column. The last one may be only the start of a gram. */
export type Phrase = { column: keyof Indexed; grams: string[]; open: boolean }

/** Translates a word of a query. Returns null where a word cannot match in this way. */
function phrasesOf(word: string, closeness: Closeness): Phrase[] | null {
  // A single letter of an alphabet is part of nearly every text, so it finds only the beginnings of words.
  if (closeness === 'inside' && /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]$/u.test(word)) return null
  return partsOf(word).map(({ column, text, starts, ends }) => {
    const padded = `${starts && closeness !== 'inside' ? '<' : ''}${text}${ends && closeness === 'exact' ? '>' : ''}`
    const pieces = piecesOf(padded, SIZE)
    return pieces.length ? { column, grams: pieces, open: false } : { column, grams: [padded], open: true }
  })
}

/** Translates a query. Returns null where it cannot match in this way. */
export function toPhrases(words: string[], closeness: Closeness): Phrase[] | null {
  const phrases = words.map((word) => phrasesOf(word, closeness))
  return phrases.some((each) => !each) ? null : phrases.flatMap((each) => each ?? [])
}

/** A character of a script that is written without spaces between words. */
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/**
 * Translates words that must follow each other in a text. The last one is a whole word; a Korean one also begins words,
 * since particles are attached to it, and one of a script without spaces is found inside of words.
 */
export function phraseOf(text: string): { text: string; grams: string; open: boolean } | null {
  const words = wordsOf(text)
  const last = words.at(-1)
  if (!last) return null
  const before = words.slice(0, -1)
  const isInside = SPACELESS.test(last)
  const isOpen = isInside || /[가-힣]{2}/.test(last)
  const padded = `${isInside && !before.length ? '' : '<'}${last}${isOpen ? '' : '>'}`
  const pieces = piecesOf(padded, SIZE)
  const all = [...(before.length ? [grams(before)] : []), ...(pieces.length ? pieces : [padded])]
  return { text: words.join(' '), grams: all.join(' '), open: !pieces.length }
}
