import type { Locale } from '../../shapes/locales'
import type { Paper } from '../../views/mail/letter'
import { ACCENT, shadesOf } from '../../views/theme'
import { createTranslate } from '../../views/words'
import type { Config } from '../config'
import type { App } from '../context'
import { findOwner } from '../db/lock'
import type { Account } from '../ports/people'

/**
 * What the links of mails begin with: the public address, else where the server listens. Never what a request says of itself: whoever asks
 * for somebody's link could make it lead to a place of their own.
 */
export const originOf = ({ url, dataDir, port }: Pick<Config, 'url' | 'dataDir' | 'port'>): string =>
  url ?? findOwner(dataDir)?.address ?? `http://localhost:${port}`

export function paperFor({ config, settings }: Pick<App, 'config' | 'settings'>, locale: Locale): Paper {
  const { siteName, accent, coins } = settings()
  const [onLight, onDark] = shadesOf(accent ?? ACCENT).map((rgb) => `#${Buffer.from(rgb).toString('hex')}`) as [
    string,
    string,
  ]
  return {
    t: createTranslate(locale),
    siteName,
    origin: originOf(config),
    hasCoins: coins === 'on',
    accent: { onLight, onDark },
  }
}

/** The language somebody chose, else that of the browser in which they entered the address. */
export const localeFor = ({ locale, mailLocale }: Pick<Account, 'locale' | 'mailLocale'>): Locale =>
  locale ?? mailLocale ?? 'en'
