import type { Context } from 'hono'
import { Problem } from '../problem'

/** The numbers of days that charts can show. */
export const SPANS: readonly number[] = [30, 90, 365]

/** Reads `?days=`, which is 30 by default. */
export function daysAsked(c: Context): number {
  const days = Number(c.req.query('days') ?? 30)
  if (!SPANS.includes(days)) {
    const errors = [{ path: 'days', message: 'Choose 30, 90 or 365 days.' }]
    throw new Problem('invalid', 'Please check what you entered.', { errors })
  }
  return days
}
