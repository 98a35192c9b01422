import { expect, test } from 'bun:test'
import { relativeTime } from './relative'

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
