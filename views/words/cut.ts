import { segmenter } from './format'

/** The beginning of a text on one line, at most this many characters long, as readers count them. */
export function cut(text: string, most: number, locale: string): string {
  const words = text.replace(/\s+/g, ' ').trim()
  if (words.length <= most) return words
  let count = 0
  for (const { index } of segmenter(locale).segment(words))
    if (count++ === most) return `${words.slice(0, index).trimEnd()}…`
  return words
}
