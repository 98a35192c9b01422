/** The local date and time of a time zone, as numbers. `shown` is that clock read as if it were in UTC. */
export function wallClock(at: Date, timeZone: string) {
  const parts = clockOf(timeZone).formatToParts(at)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const [year, month, date] = [of('year'), of('month'), of('day')]
  const shown = Date.UTC(year, month - 1, date, of('hour'), of('minute'), of('second'))
  return { year, month, date, shown, weekday: new Date(shown).getUTCDay() }
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const numeric = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const
  const clock = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...numeric })
  clocks.set(timeZone, clock)
  return clock
}

/**
 * Writes an instant in ISO 8601 with the offset of the time zone, so that it begins with the day that people there saw:
 * `2026-02-01T00:30:00.000+09:00`.
 */
export function isoIn(at: Date, timeZone: string): string {
  const ahead = wallClock(at, timeZone).shown - Math.floor(+at / 1000) * 1000
  if (ahead === 0) return at.toISOString()
  const minutes = Math.abs(ahead) / 60_000
  const two = (n: number) => String(n).padStart(2, '0')
  const offset = `${ahead < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
  return new Date(+at + ahead).toISOString().replace('Z', offset)
}

/**
 * Returns the instant at which local clocks show `shown`. It corrects its guess twice, since the first guess may be on
 * the other side of a daylight saving change.
 */
export function instantOf(shown: number, timeZone: string): number {
  let at = shown
  for (let i = 0; i < 2; i++) at += shown - wallClock(new Date(at), timeZone).shown
  return at
}

/** How far local clocks are ahead of UTC until an instant. All times are in milliseconds. */
export type Offset = { until: number; ms: number }

const WEEK_MS = 7 * 24 * 3600_000
/** No ledger entry is older. */
const EARLIEST = Date.UTC(2020, 0)

const known = new Map<string, Offset[]>()

/**
 * Lists the offsets of a time zone from 2020 to the end of the year after `now`. A zone without daylight saving time
 * has one. The database has no time zones of its own, so queries get this list.
 */
export function offsetsOf(timeZone: string, now: Date): Offset[] {
  const year = now.getUTCFullYear()
  const key = `${timeZone} ${year}`
  const found = known.get(key) ?? findOffsets(timeZone, Date.UTC(year + 2, 0))
  known.set(key, found)
  return found
}

function findOffsets(timeZone: string, latest: number): Offset[] {
  const offsetAt = (at: number) => wallClock(new Date(at), timeZone).shown - at
  const found: Offset[] = []
  let ms = offsetAt(EARLIEST)
  for (let at = EARLIEST; at < latest; at += WEEK_MS) {
    const after = offsetAt(at + WEEK_MS)
    if (after === ms) continue
    found.push({ until: changeBetween(at, at + WEEK_MS, (each) => offsetAt(each) !== ms), ms })
    ms = after
  }
  return [...found, { until: Number.MAX_SAFE_INTEGER, ms }]
}

/** Returns the first whole second at which the clock has changed. Clocks change at most once a week. */
function changeBetween(before: number, after: number, hasChanged: (at: number) => boolean): number {
  if (after - before <= 1000) return after
  const middle = before + Math.floor((after - before) / 2000) * 1000
  return hasChanged(middle) ? changeBetween(before, middle, hasChanged) : changeBetween(middle, after, hasChanged)
}

/** A number of days, of which the last is today in a time zone. */
export type Span = { days: number; timeZone: string; now: Date }

/** The days of a span, each as midnight in UTC, which keeps them apart from daylight saving changes. */
export function daysOf({ days, timeZone, now }: Span): number[] {
  const { year, month, date } = wallClock(now, timeZone)
  return Array.from({ length: days }, (_, at) => Date.UTC(year, month - 1, date - (days - 1 - at)))
}

/** The instant at which a span begins. */
export const beginOf = (span: Span): number => instantOf(daysOf(span)[0]!, span.timeZone)
