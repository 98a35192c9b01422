import { dictionaries, type Locale } from './dictionaries'
import { directionOf, type InSentence, numberText } from './format'
import { type Dictionary, type Forms, formFor } from './forms'
import { isolate } from './isolate'

/** An English sentence, or its plural forms if it contains a count (`n`). */
export type Sentence = string | Forms

type Values = Record<string, string | number> & { day?: InSentence; time?: InSentence }
export type Translate = ((sentence: Sentence, values?: Values) => string) & {
  locale: Locale
  /** The direction in which the language is written. */
  dir: 'ltr' | 'rtl'
  /** Every plural form of a sentence, for a count that only the browser will know. `{n}` stays in the text. */
  forms: (sentence: Sentence) => Forms
}

const made = new Map<Locale, Translate>()

/** The translation function of a language, made once. A language without a dictionary is shown in English. */
export function translateInto(locale: Locale): Translate {
  if (!Object.hasOwn(dictionaries, locale)) return translateInto('en')
  const translate = made.get(locale) ?? createTranslate(locale)
  made.set(locale, translate)
  return translate
}

/**
 * Creates the translation function of a language. As in gettext, the English sentence is the key of the dictionary,
 * which keeps the code readable. `{name}` is replaced with a value, isolated from the direction of the sentence. Sentences with a count are looked up by their
 * `other` form. A sentence that the dictionary does not have stays English.
 */
export function createTranslate(locale: Locale, words: Dictionary = dictionaries[locale]): Translate {
  const dir = directionOf(locale)
  const find = (sentence: Sentence) => words[typeof sentence === 'string' ? sentence : sentence.other]
  const translate = (sentence: Sentence, values?: Values) => {
    const found = find(sentence)
    const chosen = found ?? sentence
    const text = typeof chosen === 'string' ? chosen : formFor(chosen, values?.n, found === undefined ? 'en' : locale)
    if (!values) return text
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = values[name]
      if (value === undefined) return whole
      return typeof value === 'number' ? numberText(value, locale) : isolate(value, dir)
    })
  }
  const forms = (sentence: Sentence): Forms => {
    const text = find(sentence) ?? sentence
    return typeof text === 'string' ? { other: text } : text
  }
  return Object.assign(translate, { locale, dir, forms })
}
