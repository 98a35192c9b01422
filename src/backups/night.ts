import { instantOf, wallClock } from '../time-zone'

const DAY_MS = 24 * 3600_000
/** Few people are awake at this hour, and it is no hour that clocks skip or repeat. */
const HOUR = 4

/** Returns the next four in the morning in the time zone. */
export function nextNight(now: Date, timeZone: string): Date {
  for (let day = 0; day <= 2; day++) {
    const { year, month, date } = wallClock(new Date(+now + day * DAY_MS), timeZone)
    const night = new Date(instantOf(Date.UTC(year, month - 1, date, HOUR), timeZone))
    if (night > now) return night
  }
  throw new Error(`No night was found in ${timeZone}.`)
}
