import { describe, expect, test } from 'bun:test'
import { nameField, textField } from './text'

const text = textField({ max: 10 })
const name = nameField({ max: 10, empty: 'Please enter a name.' })
const messages = (value: string) => name.safeParse(value).error?.issues.map(({ message }) => message)

describe('a text', () => {
  test.each([
    ['a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['a\u2028b\u2029c\u0085d', 'a\nb\nc\nd'],
    ['a\0b\x1bc\td', 'abc d'],
    ['\u1112\u1161\u11ab', '\ud55c'],
    ['e\u0301', '\u00e9'],
    ['\ud800', '\ufffd'],
    ['👩‍👩‍👧 क्‍ष', '👩‍👩‍👧 क्‍ष'],
    [' \r\n ', ''],
  ])('%j is stored as %j', (given, stored) => {
    expect(textField({ max: 20 }).parse(given)).toBe(stored)
  })

  test('counts a line break as the browser does: once', () => {
    expect(text.parse('123\r\n567\r\n90')).toBe('123\n567\n90')
    expect(text.safeParse('123\r\n567\r\n901').success).toBe(false)
  })

  test('is required where a message for the empty text is given', () => {
    const required = textField({ max: 10, empty: 'Write something first.' })
    expect(required.safeParse(' \0 ').error?.issues.map(({ message }) => message)).toEqual(['Write something first.'])
    expect(text.parse('')).toBe('')
  })
})

describe('a name', () => {
  test.each(['Ann', '민아', 'नक्‍ष', '👩‍👩‍👧', '7', '★', 'ㅋㅋ', 'أحمد', 'O’Neil'])('%s is taken', (given) => {
    expect(name.parse(given)).toBe(given)
  })

  test('is trimmed and composed', () => {
    expect(name.parse('  \u1112\u1161\u11ab ')).toBe('\ud55c')
  })

  test.each(['\u3164', '\u115f\u1160', '\uffa0', '\u200b', '\u200d\u200c', '\u2060', '\u2800', '\u034f', '\u0301'])(
    '%j is refused, because nothing of it is visible',
    (given) => {
      expect(messages(given)).toEqual(['Please enter a name with visible characters.'])
    },
  )

  test.each([
    ...['\u202egus', '\u2066abc', 'a\u200fb', 'a\u200eb', 'a\u061cb', 'A\nB', 'A\r\nB', 'A\u2028B', 'A\u2029B', 'a\0b'],
    ...['a\tb', 'a\x7fb', 'a\ud800b'],
  ])('%j is refused, because it would disturb the text around it', (given) => {
    expect(messages(given)).toEqual(['A name cannot contain line breaks or invisible control characters.'])
  })

  test('blanks alone are no name', () => {
    expect(messages('  ')).toEqual(['Please enter a name.'])
  })
})
