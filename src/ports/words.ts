import type { Effect } from '../../shapes/words'

/** What the host's list of words says about a text. */
export type WordsFound = { effect: Effect; words: string[] }

/** Looks for words of the list in a text. Null when there are none. */
export type Judge = (text: string) => WordsFound | null
