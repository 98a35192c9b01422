import type { Every } from '../../shapes/mailings'
import { type QuietHours, quietUntil } from '../notifications/quiet'

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

/** Returns the local date and time in the time zone. */
function wallClock(at: Date, timeZone: string) {
  const numeric = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...numeric }).formatToParts(at)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const [year, month, date] = [of('year'), of('month'), of('day')]
  const shown = Date.UTC(year, month - 1, date, of('hour'), of('minute'), of('second'))
  return { year, month, date, shown, weekday: new Date(shown).getUTCDay() }
}

/**
 * Returns the instant at which local clocks show `shown`. It corrects its guess twice, since the first guess may be on
 * the other side of a daylight saving change.
 */
function instantOf(shown: number, timeZone: string): number {
  let at = shown
  for (let i = 0; i < 2; i++) at += shown - wallClock(new Date(at), timeZone).shown
  return at
}
