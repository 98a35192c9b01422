import { z } from 'zod'

const MOST_CHARACTERS = 300_000

/** The tag of a language in its usual spelling (BCP 47), or null. */
function canonical(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag.trim())[0] ?? null
  } catch {
    return null
  }
}

export const languageSchema = z
  .string()
  .transform((tag) => (/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(tag.trim()) ? canonical(tag) : null))
  .refine((tag) => tag !== null, 'Please choose a language.')
  .transform((tag) => tag!)

export const captionsSchema = z.object({
  language: z.string().max(40).describe('The tag of the language (BCP 47), such as `ko` or `pt-BR`.'),
  text: z.string().max(MOST_CHARACTERS, 'These subtitles are too long.').describe('Captions as WebVTT or SRT.'),
})

/** The name of a language in that language. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
