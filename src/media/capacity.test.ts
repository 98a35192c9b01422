import { expect, test } from 'bun:test'
import { photosAtOnce } from './capacity'

const GB = 1024 ** 3

test('two photos at once need two processors and 6 GB of memory', () => {
  expect(photosAtOnce(2, 8 * GB)).toBe(2)
  expect(photosAtOnce(64, 512 * GB)).toBe(2)
  expect(photosAtOnce(1, 8 * GB)).toBe(1)
  expect(photosAtOnce(2, 6 * GB)).toBe(2)
  expect(photosAtOnce(2, 6 * GB - 1)).toBe(1)
  expect(photosAtOnce(2, 1 * GB)).toBe(1)
})

test('this machine can process a photo', () => {
  expect(photosAtOnce()).toBeGreaterThanOrEqual(1)
})
