import type { Locale } from '../../shapes/locales'
import { ko } from './ko'

type Values = Record<string, string | number>
/** An English sentence, or its two forms where it counts something (`n`). */
export type Sentence = string | { one: string; other: string }
export type Translate = ((sentence: Sentence, values?: Values) => string) & { locale: Locale }

const dictionaries: Record<Locale, Record<string, string> | null> = { en: null, ko }

/**
 * As gettext does it: the English sentence in the code is the key, so that code reads as what people see. `{name}` stands for a value.
 * Counted sentences are looked up by their `other` form, since Korean has one.
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
