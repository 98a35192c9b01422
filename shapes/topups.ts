import { z } from 'zod'
import { object } from './object'

export const TOPUP_STATUSES = ['pending', 'approved', 'refused', 'withdrawn'] as const

export type TopupStatus = (typeof TOPUP_STATUSES)[number]

export const topupSchema = object(() => ({
  id: z.int(),
  coins: z.int(),
  note: z.string(),
  depositor: z.string().nullable().describe('The name on the bank transfer; null for cash.'),
  amount: z
    .int()
    .nullable()
    .describe('The amount to transfer, in the smallest unit of the currency; null without a pack.'),
  currency: z.string().nullable(),
  decimals: z.int().nullable().describe('How many decimals the amount has.'),
  dueAt: z.iso.datetime().nullable().describe('Until when the transfer is awaited.'),
  status: z.enum(TOPUP_STATUSES),
  createdAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  answer: z.string().nullable().describe('The answer of the staff.'),
})).meta({ id: 'Topup' })

export type TopupJson = z.infer<typeof topupSchema>

/** A top-up with its owner, as staff see it. */
export const deskTopupSchema = object(() => ({
  ...topupSchema.shape,
  handle: z.string(),
  displayName: z.string(),
})).meta({ id: 'DeskTopup' })

export type DeskTopupJson = z.infer<typeof deskTopupSchema>
