import { z } from 'zod'

const earned = {
  sales: z.int().describe('Prices of what was sold, fees included.'),
  tips: z.int(),
  fees: z.int().describe('What the house kept.'),
  earned: z.int().describe('Sales and tips, less fees.'),
  takenBack: z.int().describe('Taken from the balance for refunds.'),
}

export const earningsSchema = z
  .object({
    ...earned,
    days: z
      .array(z.object({ day: z.iso.date(), ...earned }))
      .describe('The last ones, oldest first; days are those of UTC.'),
    posts: z
      .array(
        z.object({
          postId: z.int().nullable().describe('Null: tips for no post.'),
          caption: z.string().nullable(),
          times: z.int().describe('How often it was sold.'),
          sales: z.int(),
          tips: z.int(),
          earned: z.int(),
        }),
      )
      .describe('Those that brought most, at most 50.'),
  })
  .meta({ id: 'Earnings' })
export type EarningsJson = z.infer<typeof earningsSchema>
