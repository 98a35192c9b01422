import type { Locale } from '../../shapes/locales'
import type { Paper } from '../../views/mail/letter'
import { ACCENT, shadesOf } from '../../views/theme'
import { translateInto } from '../../views/words'
import type { Config } from '../config'
import type { App } from '../context'
import { lookUpOwner } from '../db/lock'
import type { Account } from '../ports/people'

/**
 * Returns the origin for links in mails: the public URL, or else the address the server listens on. The host of a
 * request is never used, since anyone who asks for someone else's link could make it lead to a server of their own.
 */
export const mailOriginOf = ({ url, dataDir, port }: Pick<Config, 'url' | 'dataDir' | 'port'>): string =>
  url ?? lookUpOwner(dataDir)?.address ?? `http://localhost:${port}`

/** The paper on which mails are written: the name, the colours and the language of the community. */
export function paperFor({ config, settings }: Pick<App, 'config' | 'settings'>, locale: Locale): Paper {
  const { siteName, accent, coins } = settings()
  const [onLight, onDark] = shadesOf(accent ?? ACCENT).map((rgb) => `#${Buffer.from(rgb).toString('hex')}`) as [
    string,
    string,
  ]
  return {
    t: translateInto(locale),
    siteName,
    origin: mailOriginOf(config),
    hasCoins: coins === 'on',
    accent: { onLight, onDark },
  }
}

/** The language that the account chose, or else that of the browser in which the address was entered. */
export const localeFor = ({ locale, mailLocale }: Pick<Account, 'locale' | 'mailLocale'>): Locale =>
  locale ?? mailLocale ?? 'en'
