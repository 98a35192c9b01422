import { segmenter } from './format'

/** Blanks that one space stands for: several ones, breaks of lines, and tabs. */
const BLANKS = /\s\s|[^\S ]/

/**
 * Latin, Japanese, Chinese and Korean signs of which each is a character by itself. Most texts have no others, and
 * splitting a text into characters takes fifty times as long as this test.
 */
const SINGLE = /^[\x20-\x7e\xa0-\u024f\u2010-\u2027\u3000-\u3029\u3030-\u3096\u309b-\u30ff\u4e00-\u9fff\uac00-\ud7a3]*$/

/** The beginning of a text on one line, at most this many characters long, as readers count them. */
export function cut(text: string, most: number, locale: string): string {
  const words = (BLANKS.test(text) ? text.replace(/\s+/g, ' ') : text).trim()
  if (words.length <= most) return words
  const at = SINGLE.test(words.slice(0, most + 1)) ? most : endOf(words, most, locale)
  return at === undefined ? words : `${words.slice(0, at).trimEnd()}…`
}

/** Where the first `most` characters end; undefined when there are no more. */
function endOf(words: string, most: number, locale: string): number | undefined {
  let count = 0
  for (const { index } of segmenter(locale).segment(words)) if (count++ === most) return index
  return undefined
}
