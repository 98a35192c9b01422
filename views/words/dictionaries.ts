import type { Dictionary } from './forms'
import { ko } from './ko'

/** Every language by its code (BCP 47). English needs no dictionary, since its sentences are the keys. */
export const dictionaries = { en: {}, ko } satisfies Record<string, Dictionary>
export type Locale = keyof typeof dictionaries
export const LOCALES = Object.keys(dictionaries) as [Locale, ...Locale[]]
