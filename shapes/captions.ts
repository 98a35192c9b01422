import { z } from 'zod'
import { later, object } from './object'
import { textField } from './text'

const MOST_CHARACTERS = 300_000

/** The tag of a language in its usual spelling (BCP 47), or null. */
function canonical(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag.trim())[0] ?? null
  } catch {
    return null
  }
}

export const languageSchema = later(() =>
  z
    .string()
    .transform((tag) => (/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/.test(tag.trim()) ? canonical(tag) : null))
    .refine((tag) => tag !== null, 'Please choose a language.')
    .transform((tag) => tag!),
)

export const captionsSchema = object(() => ({
  language: textField({ max: 40 }).describe('The tag of the language (BCP 47), such as `ko` or `pt-BR`.'),
  text: textField({ max: MOST_CHARACTERS, tooLong: 'These subtitles are too long.' }).describe('WebVTT or SRT.'),
}))
