import type { Locale } from '../../shapes/locales'
import type { Translate } from '../../views/words'

export type HookTools = {
  /** The key that encrypts the secrets of webhooks. */
  key: Uint8Array
  translate: (locale: Locale) => Translate
}
