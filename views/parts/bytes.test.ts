import { expect, test } from 'bun:test'
import { bytesText } from './bytes'

test('a size is never torn from its unit, which follows a number without a space in Korean', () => {
  const sizes = [0, 1.55 * 1024 ** 2, 12.4 * 1024 ** 2, 10 * 1024 ** 3]
  expect(sizes.map((bytes) => bytesText(bytes, 'en'))).toEqual(['0\u00a0MB', '1.6\u00a0MB', '12\u00a0MB', '10\u00a0GB'])
  expect(sizes.map((bytes) => bytesText(bytes, 'ko'))).toEqual(['0MB', '1.6MB', '12MB', '10GB'])
})
