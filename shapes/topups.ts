import { z } from 'zod'

export const TOPUP_STATUSES = ['pending', 'approved', 'refused', 'withdrawn'] as const

export type TopupStatus = (typeof TOPUP_STATUSES)[number]

export const topupSchema = z
  .object({
    id: z.int(),
    coins: z.int(),
    note: z.string(),
    status: z.enum(TOPUP_STATUSES),
    createdAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable(),
    answer: z.string().nullable().describe('The answer of the staff.'),
  })
  .meta({ id: 'Topup' })

export type TopupJson = z.infer<typeof topupSchema>

/** A top-up with its owner, as staff see it. */
export const deskTopupSchema = topupSchema
  .extend({ handle: z.string(), displayName: z.string() })
  .meta({ id: 'DeskTopup' })

export type DeskTopupJson = z.infer<typeof deskTopupSchema>
