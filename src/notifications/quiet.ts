/**
 * Hours in which a person gets no pushes, in their local time. They go past midnight when the end is before the start.
 */
export type QuietHours = { fromMinute: number; untilMinute: number; timeZone: string }

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440

/**
 * Returns when pushes may be sent again, or null when `at` is not in quiet hours. The result is right across daylight
 * saving changes; an end that is skipped on that day counts when the clock passes it.
 */
export function quietUntil(hours: QuietHours | null | undefined, at: Date): Date | null {
  if (!hours) return null
  const isQuiet = (ms: number) => isWithin(hours, minuteOfDay(hours.timeZone, ms))
  let begin = Math.floor(+at / MINUTE_MS) * MINUTE_MS
  if (!isQuiet(begin)) return null
  for (;;) {
    const end = begin + between(minuteOfDay(hours.timeZone, begin), hours.untilMinute) * MINUTE_MS
    // Not 0 only where the clocks changed in between.
    const late = between(hours.untilMinute, minuteOfDay(hours.timeZone, end))
    const first = late === 0 ? end : late < DAY_MINUTES / 2 ? end - late * MINUTE_MS : begin
    for (let minute = first; minute <= end; minute += MINUTE_MS) if (!isQuiet(minute)) return new Date(minute)
    begin = end // The clock skipped the time in between, or was put back.
  }
}

/** Returns the minutes from one time of day to the next occurrence of the other. */
const between = (from: number, to: number) => (to - from + DAY_MINUTES) % DAY_MINUTES

const isWithin = ({ fromMinute, untilMinute }: QuietHours, minute: number) =>
  fromMinute < untilMinute ? minute >= fromMinute && minute < untilMinute : minute >= fromMinute || minute < untilMinute

/**
 * Cached, since creating a formatter costs more than using it. There are about six hundred zones, and only valid names
 * get here.
 */
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' })
  clocks.set(timeZone, clock)
  return clock
}

function minuteOfDay(timeZone: string, ms: number): number {
  const [hour, minute] = clockOf(timeZone)
    .formatToParts(ms)
    .flatMap(({ type, value }) => (type === 'hour' || type === 'minute' ? [Number(value)] : []))
  return hour! * 60 + minute!
}

/** Converts `23:00` to minutes after midnight, and back. */
export const toMinute = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Converts minutes after midnight to a time such as `23:00`. */
export const toTime = (minute: number): string => new Date(minute * MINUTE_MS).toISOString().slice(11, 16)
