import { z } from 'zod'

const text = z
  .string()
  .trim()
  .min(1, 'Write something first.')
  .max(2000, 'A comment can have at most 2,000 characters.')

export const draftSchema = z.object({
  text,
  parentId: z
    .int()
    .positive()
    .nullish()
    .describe('The comment to answer. An answer to an answer joins the same thread.'),
  idempotencyKey: z
    .string()
    .max(255)
    .optional()
    .describe('For forms. Scripts send the `Idempotency-Key` header instead.'),
})
export const patchSchema = z.object({ text })
