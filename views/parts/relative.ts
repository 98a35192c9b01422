import { dateFormat, nearDay, relativeText, sayDay } from '../words/format'

const STEPS: [seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 'second'],
  [3600, 'minute'],
  [86_400, 'hour'],
  [604_800, 'day'],
  [2_592_000, 'week'],
]
/** The words for the last minute in languages whose formatter would name the present moment instead. */
const JUST_NOW: Record<string, string> = { ko: '방금' }
const SIZE = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 } as Record<string, number>

/** Formats a time as "5 min. ago", or as a date from a month on. Shared by the server and the browser. */
export function relativeTime(at: Date, now: Date, locale: string): string {
  const seconds = Math.round((+at - +now) / 1000)
  const unit = STEPS.find(([limit]) => Math.abs(seconds) < limit)?.[1]
  if (!unit) return sayDay(at, locale)
  if (unit === 'second') return JUST_NOW[locale] ?? relativeText(locale, 0, unit)
  return relativeText(locale, Math.trunc(seconds / SIZE[unit]!), unit)
}

/** The day of an instant in a time zone, as `2026-01-31`. */
export const dayIn = (at: Date, timeZone: string): string =>
  dateFormat('sv', { dateStyle: 'short', timeZone }).format(at)

/**
 * Names the day of a time as the heading of a list: today, yesterday, or the date with its weekday, and with its year if
 * that is another one. Shared by the server and the browser.
 */
export function dayName(at: Date, now: Date, locale: string, timeZone: string): string {
  const [day, today] = [dayIn(at, timeZone), dayIn(now, timeZone)]
  const ago = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000)
  if (ago === 0 || ago === 1) return nearDay(-ago, locale)
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const)
  return dateFormat(locale, { ...year, month: 'long', day: 'numeric', weekday: 'long', timeZone }).format(at)
}
