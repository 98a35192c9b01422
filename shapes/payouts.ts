import { z } from 'zod'
import { object } from './object'
import { userSchema } from './users'

export const PAYOUT_STATUSES = ['asked', 'paid', 'refused', 'withdrawn'] as const

export const payoutSchema = object(() => ({
  id: z.int(),
  coins: z.int(),
  status: z.enum(PAYOUT_STATUSES).describe('`asked` means that the coins are set aside until the staff decide.'),
  at: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  note: z.string().nullable().describe('The note that the staff wrote with their decision.'),
})).meta({ id: 'Payout' })

export type PayoutJson = z.infer<typeof payoutSchema>

export const deskPayoutSchema = object(() => ({
  ...payoutSchema.shape,
  user: userSchema,
  bank: z.string().nullable().describe('The bank of the person; null once the payout has ended.'),
  account: z.string().nullable(),
  holder: z.string().nullable(),
  decidedBy: z.string().nullable().describe('The handle of the administrator who decided.'),
})).meta({ id: 'DeskPayout' })

export type DeskPayoutJson = z.infer<typeof deskPayoutSchema>

/** The coins that can be requested, which accompany the list of payouts. */
export const availableSchema = {
  payouts: z.enum(['on', 'off']),
  available: z.int().describe('Earned coins that can be paid out now.'),
  onHold: z.int().describe('Coins earned too recently to be paid out.'),
  least: z.int().describe('The smallest payout.'),
  holdDays: z.int(),
}

const availability = object(() => availableSchema)

export type AvailabilityJson = z.infer<typeof availability>
