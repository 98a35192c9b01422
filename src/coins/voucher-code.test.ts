import { expect, test } from 'bun:test'
import { newVoucherCode, parseVoucherCode } from './voucher-code'

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const bare = (code: string) => code.replaceAll('-', '')

test('a code has four groups of four unambiguous characters, and codes are unique', () => {
  const codes = Array.from({ length: 2000 }, newVoucherCode)
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
  expect(new Set(codes).size).toBe(2000)
  const used = new Set(codes.flatMap((code) => [...bare(code)]))
  expect(used.size).toBe(32)
})

test('a code is recognized in all the ways people type it', () => {
  for (let i = 0; i < 200; i++) {
    const code = newVoucherCode()
    const read = bare(code)
    const typed = [code, read, code.toLowerCase(), ` ${code} `, code.replaceAll('-', ' '), code.replaceAll('-', '–')]
    typed.push(
      code.replaceAll('0', 'O'),
      code.replaceAll('0', 'o'),
      code.replaceAll('1', 'I'),
      code.replaceAll('1', 'l'),
    )
    for (const text of typed) expect([text, parseVoucherCode(text)]).toEqual([text, read])
  }
})

test('the check digit detects every wrong character and almost every swap', () => {
  let [swaps, missed] = [0, 0]
  for (let i = 0; i < 20; i++) {
    const code = bare(newVoucherCode())
    for (let at = 0; at < 16; at++) {
      for (const digit of DIGITS)
        if (digit !== code[at]) expect(parseVoucherCode(code.slice(0, at) + digit + code.slice(at + 1))).toBeUndefined()
      const swapped =
        code.slice(0, at) +
        code
          .slice(at, at + 2)
          .split('')
          .reverse()
          .join('') +
        code.slice(at + 2)
      if (swapped === code) continue
      swaps++
      if (parseVoucherCode(swapped)) missed++
    }
  }
  expect(missed / swaps).toBeLessThan(0.02)
})

test('invalid codes are rejected', () => {
  for (const text of [
    '',
    ' ',
    '-',
    '0'.repeat(15),
    '0'.repeat(17),
    'U'.repeat(16),
    '½'.repeat(16),
    '💰💰💰💰💰💰💰💰',
    'ABCD',
  ])
    expect([text, parseVoucherCode(text)]).toEqual([text, undefined])
})
