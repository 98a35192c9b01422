/** The letters of scripts that are written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko, Adlam and others. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/**
 * Isolates a text within a sentence in the direction `dir`, so that a name in Arabic does not turn the words around it.
 * FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE are the characters for this (UAX #9); in elements, JSX makes them a
 * `<bdi>`. A text that cannot have an effect stays as it is.
 */
export const isolate = (text: string, dir: 'ltr' | 'rtl'): string =>
  dir === 'rtl' || RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text
