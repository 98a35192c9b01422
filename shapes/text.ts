import { z } from 'zod'

type Length = {
  max: number
  /** The message for a text that is longer. */
  tooLong?: string
  /** Makes the field required: what a person reads when the text is empty. */
  empty?: string
}

/** The line breaks of all systems. Forms send CR LF where the browser counts one character. */
const LINE_BREAK = /\r\n?|[\u0085\u2028\u2029]/g
const CONTROL = /(?!\n)\p{Cc}/gu

const plain = (text: string) => text.replace(LINE_BREAK, '\n').replaceAll('\t', ' ').replace(CONTROL, '').toWellFormed()

const limited = (field: z.ZodString, { max, tooLong, empty }: Length) =>
  (empty ? field.min(1, empty) : field).max(max, tooLong)

/**
 * A text that people write. Line breaks become LF before the length is checked, so that a text which fits into a form
 * field is accepted. Control characters are dropped, and the text is stored in normalization form C.
 */
export const textField = (length: Length) =>
  limited(z.string().overwrite(plain).trim(), length).normalize('NFC').meta({ format: 'text' })

/** Characters that break the line or change the direction of the text around a name. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u

/** A letter, digit, sign or emoji. Hangul fillers count as letters in Unicode, but nobody can see them. */
const VISIBLE = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u

/**
 * A name of a person or thing, on one line. Joiners within a name are kept, because emoji and Indic scripts need them.
 */
export const nameField = (length: Length) =>
  limited(z.string().trim(), length)
    .normalize('NFC')
    .refine((name) => !UNFIT.test(name), 'A name cannot contain line breaks or invisible control characters.')
    .refine((name) => !name || UNFIT.test(name) || VISIBLE.test(name), 'Please enter a name with visible characters.')
    .meta({ format: 'name' })
