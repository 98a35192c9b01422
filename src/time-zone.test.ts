import { expect, test } from 'bun:test'
import { isoIn, offsetsOf } from './time-zone'

const HOUR_MS = 3600_000
const now = new Date('2026-06-01T00:00:00Z')

test('a zone without daylight saving time has one offset', () => {
  expect(offsetsOf('Asia/Seoul', now)).toEqual([{ until: Number.MAX_SAFE_INTEGER, ms: 9 * HOUR_MS }])
  expect(offsetsOf('UTC', now)).toEqual([{ until: Number.MAX_SAFE_INTEGER, ms: 0 }])
  expect(offsetsOf('Asia/Kolkata', now)[0]!.ms).toBe(5.5 * HOUR_MS)
})

test('the offsets change at the second at which the clocks do', () => {
  const until = offsetsOf('Europe/Berlin', now).map(({ until, ms }) => [until, ms / HOUR_MS])
  expect(until).toContainEqual([Date.UTC(2026, 2, 29, 1), 1])
  expect(until).toContainEqual([Date.UTC(2026, 9, 25, 1), 2])
  expect(until.at(-1)![0]).toBe(Number.MAX_SAFE_INTEGER)
})

test('a time in a zone is the same instant and begins with the day that people there saw', () => {
  const at = new Date('2026-01-31T15:30:00.250Z')
  const written = ['Asia/Seoul', 'Asia/Kolkata', 'America/St_Johns', 'UTC'].map((zone) => isoIn(at, zone))
  expect(written).toEqual([
    '2026-02-01T00:30:00.250+09:00',
    '2026-01-31T21:00:00.250+05:30',
    '2026-01-31T12:00:00.250-03:30',
    '2026-01-31T15:30:00.250Z',
  ])
  expect(written.map((text) => +new Date(text))).toEqual(Array(4).fill(+at))
})
