import { expect, test } from 'bun:test'
import { isTimeZone } from '../../shapes/time-zone'
import { quietUntil, toMinute, toTime } from './quiet'

const hours = (from: string, until: string, timeZone: string) => ({
  fromMinute: toMinute(from),
  untilMinute: toMinute(until),
  timeZone,
})

const end = (from: string, until: string, timeZone: string, at: string) =>
  quietUntil(hours(from, until, timeZone), new Date(at))
    ?.toISOString()
    .slice(0, 16) ?? null

test('quiet hours follow the local time of the person', () => {
  expect(end('23:00', '07:00', 'Asia/Seoul', '2026-01-10T14:00:00Z')).toBe('2026-01-10T22:00')
  expect(end('23:00', '07:00', 'Asia/Seoul', '2026-01-10T13:59:59Z')).toBeNull()
  expect(end('23:00', '07:00', 'Asia/Seoul', '2026-01-10T21:59:59.999Z')).toBe('2026-01-10T22:00')
  expect(end('23:00', '07:00', 'Asia/Seoul', '2026-01-10T22:00:00Z')).toBeNull()
  expect(end('12:00', '13:30', 'Asia/Kathmandu', '2026-01-10T06:15:00Z')).toBe('2026-01-10T07:45')
  expect(end('12:00', '13:30', 'Asia/Kathmandu', '2026-01-10T06:14:00Z')).toBeNull()
  expect(quietUntil(null, new Date())).toBeNull()
})

test('quiet hours are an hour shorter when clocks go forward, and an hour longer when they go back', () => {
  expect(end('23:00', '07:00', 'Europe/Berlin', '2026-03-28T23:00:00Z')).toBe('2026-03-29T05:00')
  expect(end('23:00', '07:00', 'Europe/Berlin', '2026-10-24T22:00:00Z')).toBe('2026-10-25T06:00')
  expect(end('23:00', '07:00', 'America/New_York', '2026-03-08T04:30:00Z')).toBe('2026-03-08T11:00')
  // Clocks change by half an hour there.
  expect(end('23:00', '07:00', 'Australia/Lord_Howe', '2026-04-04T13:00:00Z')).toBe('2026-04-04T20:30')
})

test('quiet hours whose end the clock skips end at the change, and those whose end occurs twice end the first time', () => {
  expect(end('23:00', '02:30', 'Europe/Berlin', '2026-03-28T23:30:00Z')).toBe('2026-03-29T01:00')
  expect(end('23:00', '02:30', 'Europe/Berlin', '2026-10-24T22:30:00Z')).toBe('2026-10-25T00:30')
  // Four minutes of the gap are left.
  expect(end('03:04', '02:25', 'Europe/Berlin', '2026-03-28T22:00:00Z')).toBe('2026-03-29T01:00')
  expect(end('03:00', '02:25', 'Europe/Berlin', '2026-03-28T22:00:00Z')).toBe('2026-03-30T00:25') // Here none is left.
})

test('quiet hours always end in the future, within two days, at the first minute that is not quiet', () => {
  const zones = [
    'Europe/Berlin',
    'America/St_Johns',
    'Asia/Seoul',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'Africa/Casablanca',
    'UTC',
  ]
  let quiet = 0
  for (let i = 0; i < 3000; i++) {
    const at = new Date(Date.UTC(2026, 0, 1) + Math.random() * 365 * 86_400_000)
    const [fromMinute, untilMinute] = [Math.floor(Math.random() * 1440), Math.floor(Math.random() * 1440)]
    if (fromMinute === untilMinute) continue
    const chosen = { fromMinute, untilMinute, timeZone: zones[i % zones.length]! }
    const until = quietUntil(chosen, at)
    if (!until) continue
    quiet++
    const says = `${JSON.stringify(chosen)} ${at.toISOString()} ${until.toISOString()}`
    expect([says, +until > +at, +until - +at <= 50 * 3600_000]).toEqual([says, true, true])
    expect([says, quietUntil(chosen, until), quietUntil(chosen, new Date(+until - 1))]).toEqual([says, null, until])
  }
  expect(quiet).toBeGreaterThan(100)
})

test('time zones are accepted by their names', () => {
  for (const name of ['Asia/Seoul', 'UTC', 'America/Argentina/Buenos_Aires', 'Asia/Calcutta'])
    expect([name, isTimeZone(name)]).toEqual([name, true])
  for (const name of ['', 'Mars/Base', '+09:00', '한국', '../etc'])
    expect([name, isTimeZone(name)]).toEqual([name, false])
  expect(['00:00', '07:05', '23:59'].map((time) => toTime(toMinute(time)))).toEqual(['00:00', '07:05', '23:59'])
})
