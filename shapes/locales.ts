// A language is registered where its dictionary is; everything else knows only its code.
export { LOCALES, type Locale } from '../views/words/dictionaries'
