/** Hours of the day in which somebody's phone stays silent, by the clock on their wall; `until` before `from` goes over midnight. */
export type QuietHours = { fromMinute: number; untilMinute: number; timeZone: string }

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440

/**
 * When the pushes of somebody are let through again; null when nothing holds them back at `at`. Right across the two days a year on which
 * clocks are changed, also where `until` is an hour that does not exist on that day: it ends when the clock passes it.
 */
export function quietUntil(hours: QuietHours | null | undefined, at: Date): Date | null {
  if (!hours) return null
  const isQuiet = (ms: number) => isWithin(hours, minuteOfDay(hours.timeZone, ms))
  let begin = Math.floor(+at / MINUTE_MS) * MINUTE_MS
  if (!isQuiet(begin)) return null
  for (;;) {
    const end = begin + between(minuteOfDay(hours.timeZone, begin), hours.untilMinute) * MINUTE_MS
    const late = between(hours.untilMinute, minuteOfDay(hours.timeZone, end)) // 0, but where the clock was changed on the way
    const first = late === 0 ? end : late < DAY_MINUTES / 2 ? end - late * MINUTE_MS : begin
    for (let minute = first; minute <= end; minute += MINUTE_MS) if (!isQuiet(minute)) return new Date(minute)
    begin = end // the clock leapt over the time between, or was put back
  }
}

/** Minutes from one time of day to the next time it is the other. */
const between = (from: number, to: number) => (to - from + DAY_MINUTES) % DAY_MINUTES

const isWithin = ({ fromMinute, untilMinute }: QuietHours, minute: number) =>
  fromMinute < untilMinute ? minute >= fromMinute && minute < untilMinute : minute >= fromMinute || minute < untilMinute

/** Making one costs more than asking it; there are some six hundred zones, and names that are none never come in here. */
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

/** `23:00` as minutes after midnight, and back. */
export const toMinute = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
export const toTime = (minute: number): string => new Date(minute * MINUTE_MS).toISOString().slice(11, 16)
