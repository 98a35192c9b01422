import type { Locale } from '../../shapes/locales'
import { ko } from './ko'

type Values = Record<string, string | number>
/** An English sentence, or its singular and plural if it contains a count (`n`). */
export type Sentence = string | { one: string; other: string }
export type Translate = ((sentence: Sentence, values?: Values) => string) & { locale: Locale }

const dictionaries: Record<Locale, Record<string, string> | null> = { en: null, ko }

/**
 * Creates the translation function of a language. As in gettext, the English sentence is the key of the dictionary,
 * which keeps the code readable. `{name}` is replaced with a value. Sentences with a count are looked up by their
 * `other` form, because Korean has only one.
 */
export function createTranslate(locale: Locale): Translate {
  const words = dictionaries[locale]
  const translate = (sentence: Sentence, values: Values = {}) => {
    const english = typeof sentence === 'string' ? sentence : values.n === 1 ? sentence.one : sentence.other
    const key = typeof sentence === 'string' ? sentence : sentence.other
    const text = words?.[key] ?? english
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name]
      return value === undefined ? whole : typeof value === 'number' ? value.toLocaleString(locale) : value
    })
  }
  return Object.assign(translate, { locale })
}
