import type { Locale } from '../../../shapes/locales'
import { ko } from './ko'

type Env = Record<string, string | undefined>

/** Translates a text of the command line, and puts values in the places of `{name}`. */
export type Say = (english: string, values?: Record<string, string>) => string

/** The language of the terminal, by the variables and in the order that POSIX names. Texts need UTF-8 for Hangul. */
function isKorean(env: Env): boolean {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return /^ko(_|\.|@|$)/i.test(locale) && /^[^.]*(\.utf-?8(@|$)|$)/i.test(locale)
}

/** The language of the terminal. English is taken for every language but Korean. */
export const localeOf = (env: Env): Locale => (isKorean(env) ? 'ko' : 'en')

/** Returns what translates texts into the language of the terminal. A text without a translation stays English. */
export function sayer(env: Env): Say {
  const words = isKorean(env) ? ko : {}
  return (english, values = {}) =>
    (words[english] ?? english).replaceAll(/\{(\w+)\}/g, (all, name) => values[name] ?? all)
}
