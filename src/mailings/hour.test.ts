import { expect, test } from 'bun:test'
import { nextMorning } from './hour'

const next = (now: string, every: 'daily' | 'weekly', timeZone: string, hours?: [number, number]) => {
  const quiet = hours && { fromMinute: hours[0], untilMinute: hours[1], timeZone }
  return nextMorning(new Date(now), every, { timeZone, quiet }).toISOString()
}

test('a digest arrives at eight in the morning, local time', () => {
  expect(next('2026-03-10T22:59:59Z', 'daily', 'Asia/Seoul')).toBe('2026-03-10T23:00:00.000Z')
  expect(next('2026-03-10T23:00:00Z', 'daily', 'Asia/Seoul')).toBe('2026-03-11T23:00:00.000Z')
  expect(next('2026-03-10T00:00:00Z', 'daily', 'America/Los_Angeles')).toBe('2026-03-10T15:00:00.000Z')
  expect(next('2026-03-10T02:00:00Z', 'daily', 'Asia/Kathmandu')).toBe('2026-03-10T02:15:00.000Z')
})

test('a weekly digest arrives on the local Monday, even while it is Sunday in UTC', () => {
  expect(next('2026-03-10T00:00:00Z', 'weekly', 'UTC')).toBe('2026-03-16T08:00:00.000Z')
  expect(next('2026-03-16T08:00:00Z', 'weekly', 'UTC')).toBe('2026-03-23T08:00:00.000Z')
  expect(next('2026-03-10T00:00:00Z', 'weekly', 'Pacific/Auckland')).toBe('2026-03-15T19:00:00.000Z')
})

test('the hour stays the same across daylight saving changes', () => {
  expect(next('2026-03-28T12:00:00Z', 'daily', 'Europe/Berlin')).toBe('2026-03-29T06:00:00.000Z')
  expect(next('2026-10-24T12:00:00Z', 'daily', 'Europe/Berlin')).toBe('2026-10-25T07:00:00.000Z')
})

test('a digest that falls into quiet hours arrives when they end', () => {
  expect(next('2026-03-10T00:00:00Z', 'daily', 'UTC', [1380, 600])).toBe('2026-03-10T10:00:00.000Z')
  expect(next('2026-03-10T00:00:00Z', 'daily', 'UTC', [1380, 420])).toBe('2026-03-10T08:00:00.000Z')
})
