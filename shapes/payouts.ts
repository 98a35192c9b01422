import { z } from 'zod'
import { userSchema } from './users'

export const PAYOUT_STATUSES = ['asked', 'paid', 'refused', 'withdrawn'] as const

export const payoutSchema = z
  .object({
    id: z.int(),
    coins: z.int(),
    status: z.enum(PAYOUT_STATUSES).describe('asked: the coins are set aside until the staff decide.'),
    at: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable(),
    note: z.string().nullable().describe('What the staff wrote with their decision.'),
  })
  .meta({ id: 'Payout' })

export type PayoutJson = z.infer<typeof payoutSchema>

export const deskPayoutSchema = payoutSchema
  .extend({ user: userSchema, decidedBy: z.string().nullable().describe('The handle of who decided.') })
  .meta({ id: 'DeskPayout' })

export type DeskPayoutJson = z.infer<typeof deskPayoutSchema>

/** What may be asked for, beside the list of what was. */
export const availableSchema = {
  payouts: z.enum(['on', 'off']),
  available: z.int().describe('Earned coins that may be paid out now.'),
  onHold: z.int().describe('Earned too lately.'),
  least: z.int().describe('The least that is paid out.'),
  holdDays: z.int(),
}

const availability = z.object(availableSchema)

export type AvailabilityJson = z.infer<typeof availability>
