import type { PageName } from '../../shapes/pages'
import type { Translate } from '../words'

/** The name of a page in links and headings. */
export const pageTitle = (t: Translate, name: PageName): string =>
  ({
    rules: t('Rules'),
    terms: t('Terms of use'),
    privacy: t('Privacy'),
    imprint: t('Imprint'),
    contact: t('Contact'),
  })[name]
