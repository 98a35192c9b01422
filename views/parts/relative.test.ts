import { expect, test } from 'bun:test'
import { dayName, relativeTime } from './relative'

const now = new Date('2026-11-22T12:00:00Z')
const ago = (seconds: number, locale = 'en') => relativeTime(new Date(+now - seconds * 1000), now, locale)

test('a time is given in the largest unit that fits, and as a date after a month', () => {
  expect([10, 119, 3600, 90_000, 8 * 86_400, 40 * 86_400].map((seconds) => ago(seconds))).toEqual([
    'now',
    '1 min. ago',
    '1 hr. ago',
    '1 day ago',
    '1 wk. ago',
    'Oct 13, 2026',
  ])
  // Names of days such as 어제 would be those of the calendar, which hours alone do not tell.
  expect([10, 300, 7200, 47 * 3600].map((seconds) => ago(seconds, 'ko'))).toEqual([
    '방금',
    '5분 전',
    '2시간 전',
    '1일 전',
  ])
})

test('a time in the future is given, too', () => {
  expect(ago(-180)).toBe('in 3 min.')
})

test('a day is named by its distance from the present day of the time zone, and else by its weekday', () => {
  const midnight = new Date('2026-11-29T15:30:00Z') // half past midnight on the 30th in Seoul
  const names = (locale: string, zone: string) =>
    ['2026-11-29T15:10:00Z', '2026-11-28T15:00:00Z', '2026-11-28T03:00:00Z', '2025-11-28T03:00:00Z'].map((at) =>
      dayName(new Date(at), midnight, locale, zone),
    )
  expect(names('ko', 'Asia/Seoul')).toEqual(['오늘', '어제', '11월 28일 토요일', '2025년 11월 28일 금요일'])
  expect(names('en', 'Asia/Seoul')).toEqual([
    'Today',
    'Yesterday',
    'Saturday, November 28',
    'Friday, November 28, 2025',
  ])
  expect(names('en', 'UTC').slice(0, 3)).toEqual(['Today', 'Yesterday', 'Yesterday'])
})

test('today is a day of the calendar, also where a clock is changed and next to a new year', () => {
  const name = (at: string, now: string, zone: string) => dayName(new Date(at), new Date(now), 'en', zone)
  // The day on which clocks go back in New York has 25 hours.
  expect(name('2026-11-01T04:05:00Z', '2026-11-02T04:55:00Z', 'America/New_York')).toBe('Today')
  expect(name('2026-11-01T04:05:00Z', '2026-11-02T05:05:00Z', 'America/New_York')).toBe('Yesterday')
  expect(name('2025-12-31T12:00:00Z', '2026-01-01T12:00:00Z', 'UTC')).toBe('Yesterday')
  expect(name('2025-12-30T12:00:00Z', '2026-01-01T12:00:00Z', 'UTC')).toBe('Tuesday, December 30, 2025')
})
