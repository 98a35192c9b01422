export const LOCALES = ['en', 'ko'] as const
export type Locale = (typeof LOCALES)[number]
