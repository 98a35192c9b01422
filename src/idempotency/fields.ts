import { z } from 'zod'

/** The longest key in characters. */
export const LONGEST_KEY = 255

export const keyField = z
  .string()
  .max(LONGEST_KEY)
  .optional()
  .describe('For forms. Scripts send the `Idempotency-Key` header instead.')
