import { z } from 'zod'
import { object } from './object'

/** A refused request, as RFC 9457 describes it. The members after `errors` come with some codes only. */
export const problemSchema = object(() => ({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string().describe('A stable snake_case code for clients to check.'),
  detail: z.string().describe('An explanation to show to people.'),
  errors: z.array(object(() => ({ path: z.string(), message: z.string() }))).optional(),
  retryAfter: z.int().optional().describe('After how many seconds to try again, as in `Retry-After`.'),
  requestId: z.string().optional().describe('With 500: the id of this request in the log of the server.'),
  scope: z.string().optional().describe('With `insufficient_scope`: the scope that the token lacks.'),
  price: z.int().optional().describe('With `insufficient_coins` and `price_changed`: what it costs now.'),
  balance: z.int().optional().describe('With `insufficient_coins` and `balance_left`: the coins of the account.'),
  available: z.int().optional().describe('With `not_available`: the coins that can be paid out now.'),
  onHold: z.int().optional().describe('With `not_available`: the coins that may still be refunded.'),
  least: z.int().optional().describe('With `too_little`: the fewest coins that are paid out.'),
  debt: z.int().optional().describe('With `in_debt`: the coins that have to come in first.'),
  fileId: z.int().optional().describe('With `file_in_use` and `file_not_ready`: the file.'),
  reason: z.string().optional().describe('With `passkeys_unavailable`: what stands in the way.'),
  eraseAt: z.string().optional().describe('When a deleted account is erased for good.'),
  decision: z.string().optional().describe('With `already_decided`: how it was decided.'),
})).meta({ id: 'Problem' })

export type ProblemJson = z.infer<typeof problemSchema>
