import { z } from 'zod'
import { ENTRY_KINDS, type EntryKind } from './coins'
import { later, object } from './object'

const sums = later(() => z.partialRecord(z.enum(ENTRY_KINDS), z.int()))

export const monthSchema = object(() => ({
  month: z.string().describe('The month in the time zone of the person, like 2026-01.'),
  opening: z.int().describe('The balance at the beginning of the month.'),
  in: sums().describe('Coins received, by kind.'),
  out: sums().describe('Coins spent, by kind, as positive numbers.'),
  closing: z.int().describe('The balance at the end of the month.'),
})).meta({ id: 'Month' })
type Sums = Partial<Record<EntryKind, number>>
/** One month of a statement: `opening` plus the sum of `in` minus the sum of `out` is `closing`. */
export type MonthJson = { month: string; opening: number; in: Sums; out: Sums; closing: number }
