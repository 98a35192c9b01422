import { z } from 'zod'
import { commentSchema } from './comments'
import { object } from './object'
import { postSchema } from './posts'
import { textField } from './text'
import { userSchema } from './users'

/** The effects of a word of the host's list on a text, the strictest first. */
export const EFFECTS = ['refuse', 'hold', 'mark'] as const
export type Effect = (typeof EFFECTS)[number]

/** The most words on the list. */
export const MOST_WORDS = 1000

export const wordDraftSchema = object(() => ({
  word: textField({ max: 100, tooLong: 'A word can have at most 100 characters.', empty: 'Enter a word.' }),
  effect: z
    .enum(EFFECTS)
    .describe('`refuse` the text, `hold` it until the staff have decided, or publish it and `mark` it for the staff.'),
  whole: z.boolean().default(false).describe('Whether only the whole word counts; in Korean also with its particles.'),
}))

export const wordSchema = object(() => ({ ...wordDraftSchema.shape, id: z.int(), createdAt: z.iso.datetime() })).meta({
  id: 'Word',
})
export type WordJson = z.infer<typeof wordSchema>

export const FIELDS = ['caption', 'comment', 'displayName', 'bio'] as const
export type FlagField = (typeof FIELDS)[number]
export const FLAG_OUTCOMES = ['allowed', 'removed'] as const
export type FlagOutcome = (typeof FLAG_OUTCOMES)[number]

export const flagSchema = object(() => ({
  id: z.int(),
  at: z.iso.datetime(),
  effect: z.enum(['hold', 'mark']),
  words: z.array(z.string()).describe('The words of the list that were found.'),
  field: z.enum(FIELDS),
  user: userSchema.nullable(),
  post: postSchema.nullable(),
  comment: commentSchema.nullable(),
  text: z.string().nullable().describe('The text while it waits, also of a post that you may not see.'),
  outcome: z.enum(FLAG_OUTCOMES).nullable().describe('Null while nobody has decided.'),
  settledAt: z.iso.datetime().nullable(),
})).meta({ id: 'Flag' })
export type FlagJson = z.infer<typeof flagSchema>
