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
export const relativeFormat = cached(
  (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }),
)
export const segmenter = cached((locale) => new Intl.Segmenter(locale))
export const pluralRules = cached((locale) => new Intl.PluralRules(locale))
const localeInfo = cached((locale) => new Intl.Locale(locale))
const languageNames = cached((locale) => new Intl.DisplayNames(locale, { type: 'language' }))

export const numberText = (n: number, locale: string): string => numberFormat(locale).format(n)

/** With its sign, also above 0: +5, −5. */
export const signedText = (n: number, locale: string): string =>
  numberFormat(locale, { signDisplay: 'always' }).format(n)

/** Which way the language is written. */
export const directionOf = (locale: string): 'ltr' | 'rtl' =>
  localeInfo(locale).getTextInfo().direction === 'rtl' ? 'rtl' : 'ltr'

/** The language in its own words, as people look for it in a list: English, 한국어. */
export function languageName(locale: string): string {
  const name = languageNames(locale).of(locale) ?? locale
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)
}
