import { expect, test } from 'bun:test'
import { someOf } from './some-of'

test('a message names ten items and counts the others', () => {
  expect(someOf([1, 2, 3])).toBe('1, 2, 3')
  expect(someOf(Array.from({ length: 10 }, (_, i) => i))).toBe('0, 1, 2, 3, 4, 5, 6, 7, 8, 9')
  expect(someOf(Array.from({ length: 14_000 }, (_, i) => i))).toBe('0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 13990 more')
})
