import { z } from 'zod'
import { ENTRY_KINDS, type EntryKind } from './coins'

const sums = z.partialRecord(z.enum(ENTRY_KINDS), z.int())

export const monthSchema = z
  .object({
    month: z.string().describe('As in 2026-01; of UTC.'),
    opening: z.int().describe('The balance before it.'),
    in: sums.describe('What came, by kind.'),
    out: sums.describe('What went, by kind, above 0.'),
    closing: z.int().describe('The balance after it.'),
  })
  .meta({ id: 'Month' })
type Sums = Partial<Record<EntryKind, number>>
/** `opening` and all of `in`, less all of `out`, is `closing`. */
export type MonthJson = { month: string; opening: number; in: Sums; out: Sums; closing: number }
