import { z } from 'zod'
import { TOPUP_STATUSES, type Topup } from './table'

export const topupSchema = z
  .object({
    id: z.int(),
    coins: z.int(),
    note: z.string(),
    status: z.enum(TOPUP_STATUSES),
    createdAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable(),
    answer: z.string().nullable().describe('What the staff say to it.'),
  })
  .meta({ id: 'Topup' })
export type TopupJson = z.infer<typeof topupSchema>

export const topupJson = ({ id, coins, note, status, createdAt, decidedAt, answer }: Topup): TopupJson => ({
  id,
  coins,
  note,
  status,
  createdAt: createdAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
  answer,
})

/** With whose it is, for the staff. */
export const deskTopupSchema = topupSchema
  .extend({ handle: z.string(), displayName: z.string() })
  .meta({ id: 'DeskTopup' })
export type DeskTopupJson = z.infer<typeof deskTopupSchema>

export const deskTopupJson = ({
  topup,
  ...who
}: {
  topup: Topup
  handle: string
  displayName: string
}): DeskTopupJson => ({
  ...topupJson(topup),
  ...who,
})
