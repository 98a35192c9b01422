import type { Context } from 'hono'
import { invalidFields } from '../problem'

/** The numbers of days that charts can show. */
export const SPANS: readonly number[] = [30, 90, 365]

/** Reads `?days=`, which is 30 by default. */
export function daysAsked(c: Context): number {
  const days = Number(c.req.query('days') ?? 30)
  if (!SPANS.includes(days)) throw invalidFields({ path: 'days', message: 'Choose 30, 90 or 365 days.' })
  return days
}
