import { z } from 'zod'
import { later } from '../../shapes/object'

/** The longest key in characters. */
export const LONGEST_KEY = 255

export const keyField = later(() =>
  z.string().max(LONGEST_KEY).optional().describe('For forms. Scripts send the `Idempotency-Key` header instead.'),
)
