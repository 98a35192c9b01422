/** Makes a formatter for each locale and options once, since making one takes far longer than using it. */
function cached<Options, Format>(make: (locale: string, options?: Options) => Format) {
  const made = new Map<string, Format>()
  return (locale: string, options?: Options): Format => {
    const key = options ? `${locale} ${JSON.stringify(options)}` : locale
    const format = made.get(key) ?? make(locale, options)
    made.set(key, format)
    return format
  }
}

// The server and the browser share these. Nothing else in views/ makes Intl objects.
export const numberFormat = cached(
  (locale, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
)
export const dateFormat = cached(
  (locale, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
)
/** The day and the time in a time zone. Pages show it many times, so the key of its cache is a short text. */
export const exactFormat = cached(
  (locale, timeZone?: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
)
// Unlike the style `medium`, this pattern is no form for tables in any language: 2026년 1월 31일 and not 2026. 1. 31.
const DAY = { year: 'numeric', month: 'short', day: 'numeric' } as const
const sentenceDay = cached((locale, timeZone?: string) => new Intl.DateTimeFormat(locale, { ...DAY, timeZone }))
const sentenceTime = cached(
  (locale, timeZone?: string) =>
    new Intl.DateTimeFormat(locale, { ...DAY, hour: 'numeric', minute: '2-digit', timeZone }),
)
declare const form: unique symbol
/** A day or time in the form that it has within a sentence. No other text is accepted for `{day}` and `{time}`. */
export type InSentence = string & { readonly [form]: 'sentence' }

/** The day as it stands in a sentence, in a time zone or that of the browser. */
export const sayDay = (at: Date, locale: string, timeZone?: string): InSentence =>
  sentenceDay(locale, timeZone).format(at) as InSentence

/** The day and the time as they stand in a sentence. */
export const sayTime = (at: Date, locale: string, timeZone?: string): InSentence =>
  sentenceTime(locale, timeZone).format(at) as InSentence

const nowFormat = cached((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }))
const relativeFormat = cached((locale) => new Intl.RelativeTimeFormat(locale, { style: 'short' }))
const dayFormat = cached((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
const relativeTexts = cached(() => new Map<string, string>())
export const segmenter = cached((locale) => new Intl.Segmenter(locale))
export const pluralRules = cached((locale) => new Intl.PluralRules(locale))
const pluralCategories = cached((): (Intl.LDMLPluralRule | undefined)[] => [])
const localeInfo = cached((locale) => new Intl.Locale(locale))
const languageNames = cached((locale) => new Intl.DisplayNames(locale, { type: 'language' }))

/** Most numbers on a page are small, so their texts are kept. */
const smallNumbers = cached((): (string | undefined)[] => [])
const SMALL = 1000

export function numberText(n: number, locale: string): string {
  if (!Number.isInteger(n) || n < 0 || n >= SMALL) return numberFormat(locale).format(n)
  const known = smallNumbers(locale)
  known[n] ??= numberFormat(locale).format(Math.abs(n)) // -0 has the index of 0
  return known[n]
}

/** The plural category of a number in a language. */
export function pluralCategory(n: number, locale: string): Intl.LDMLPluralRule {
  if (!Number.isInteger(n) || n < 0 || n >= SMALL) return pluralRules(locale).select(n)
  const known = pluralCategories(locale)
  known[n] ??= pluralRules(locale).select(n)
  return known[n]
}

/** A number of units from now, as in "5 min. ago". There are few, so their texts are kept. */
export function relativeText(locale: string, n: number, unit: Intl.RelativeTimeFormatUnit): string {
  const known = relativeTexts(locale)
  const key = `${n} ${unit}`
  const text = known.get(key) ?? (n ? relativeFormat : nowFormat)(locale).format(n, unit)
  known.set(key, text)
  return text
}

/** The name of today or a day next to it at the beginning of a line: Yesterday, 어제. */
export const nearDay = (days: number, locale: string): string =>
  capitalized(dayFormat(locale).format(days, 'day'), locale)

/** With its sign, also above 0: +5, −5. */
export const signedText = (n: number, locale: string): string =>
  numberFormat(locale, { signDisplay: 'always' }).format(n)

/** Which way the language is written. */
export const directionOf = (locale: string): 'ltr' | 'rtl' =>
  localeInfo(locale).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr'

/** The language in its own words, as people look for it in a list: English, 한국어. */
export const languageName = (locale: string): string => capitalized(languageNames(locale).of(locale) ?? locale, locale)

const capitalized = (name: string, locale: string) => name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)
