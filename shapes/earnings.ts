import { z } from 'zod'
import { object } from './object'

const earned = {
  sales: z.int().describe('The sum of the prices of all sales, including fees.'),
  tips: z.int(),
  fees: z.int().describe('The fees that the community kept.'),
  earned: z.int().describe('Sales and tips minus fees.'),
  takenBack: z.int().describe('Coins taken from the balance for refunds.'),
}

export const earningsSchema = object(() => ({
  ...earned,
  days: z
    .array(object(() => ({ day: z.iso.date(), ...earned })))
    .describe('The days of the period in the time zone of the person, oldest first.'),
  posts: z
    .array(
      object(() => ({
        postId: z.int().nullable().describe('Null for tips without a post.'),
        caption: z.string().nullable(),
        times: z.int().describe('How often the post was sold.'),
        sales: z.int(),
        tips: z.int(),
        earned: z.int(),
      })),
    )
    .describe('The posts with the highest earnings, at most 50.'),
})).meta({ id: 'Earnings' })
export type EarningsJson = z.infer<typeof earningsSchema>
