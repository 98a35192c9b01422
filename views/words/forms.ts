import { pluralCategory } from './format'

/** One text for each plural category that the language has. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }
/** Translations by their English sentence. Counted sentences stand under their English `other` form. */
export type Dictionary = Record<string, string | Forms>

/** The form for this number; without a number, the one for most numbers. */
export const formFor = (forms: Forms, n: unknown, locale: string): string =>
  (typeof n === 'number' ? forms[pluralCategory(n, locale)] : undefined) ?? forms.other
