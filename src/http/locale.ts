import type { Context } from 'hono'
import { parseAccept } from 'hono/utils/accept'
import { LOCALES, type Locale } from '../../shapes/locales'
import { type Translate, translateInto } from '../../views/words'
import type { Env } from '../context'

/**
 * Returns the language of the account, then the first of the browser's languages that is supported, then that of the
 * community.
 */
export function localeOf(c: Context<Env>): Locale {
  if (c.var.viewer?.locale) return c.var.viewer.locale
  const asked = parseAccept(c.req.header('accept-language') ?? '').map(({ type }) => type.split('-')[0]?.toLowerCase())
  return asked.find(isSupported) ?? c.var.app.settings().locale
}

const isSupported = (language: string | undefined): language is Locale => LOCALES.includes(language as Locale)

/** The time zone of the account, else of the community. */
export const timeZoneOf = (c: Context<Env>): string => c.var.viewer?.timeZone ?? c.var.app.settings().timeZone

/** Translates into the language of the request; see `localeOf`. */
export const translateOf = (c: Context<Env>): Translate => translateInto(localeOf(c))
