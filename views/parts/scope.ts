import type { Scope } from '../../shapes/tokens'
import type { Translate } from '../words'

/** What a scope allows, in words. */
export const scopeText = (t: Translate, scope: Scope): string =>
  ({
    read: t('Read everything that you can see'),
    write: t('Publish, upload and change'),
    coins: t('Spend and receive coins'),
    admin: t('Use the staff desk'),
  })[scope]
