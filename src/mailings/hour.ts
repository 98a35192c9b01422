import type { Every } from '../../shapes/mailings'
import { type QuietHours, quietUntil } from '../notifications/quiet'
import { instantOf, wallClock } from '../time-zone'

const DAY_MS = 24 * 3600_000
const HOUR = 8
const MONDAY = 1

/**
 * Returns the next eight in the morning in the time zone, on a Monday for a weekly digest. If quiet hours are still on
 * by then, it returns their end.
 */
export function nextMorning(
  now: Date,
  every: Exclude<Every, 'off'>,
  { timeZone, quiet }: { timeZone: string; quiet?: QuietHours | undefined },
): Date {
  for (let day = 0; day <= 8; day++) {
    const { year, month, date, weekday } = wallClock(new Date(+now + day * DAY_MS), timeZone)
    const morning = new Date(instantOf(Date.UTC(year, month - 1, date, HOUR), timeZone))
    const at = quietUntil(quiet, morning) ?? morning
    if (at > now && (every === 'daily' || weekday === MONDAY)) return at
  }
  throw new Error(`No morning was found in ${timeZone}`)
}
