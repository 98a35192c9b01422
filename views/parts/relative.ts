import { dateFormat, relativeText } from '../words/format'

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
  if (!unit) return dateFormat(locale, { year: 'numeric', month: 'short', day: 'numeric' }).format(at)
  if (unit === 'second') return JUST_NOW[locale] ?? relativeText(locale, 0, unit)
  return relativeText(locale, Math.trunc(seconds / SIZE[unit]!), unit)
}
