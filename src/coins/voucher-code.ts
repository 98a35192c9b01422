import { randomInt } from 'node:crypto'

/** Crockford's base 32: no letter that is read as another. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 16

/** Fifteen random characters (75 bits) and a check digit, in groups of four. */
export function newVoucherCode(): string {
  const body = Array.from({ length: LENGTH - 1 }, () => DIGITS[randomInt(DIGITS.length)]).join('')
  return `${body}${checkDigit(body)}`.match(/.{4}/g)!.join('-')
}

/** As people type it: any case, with or without dashes, O for 0, I and L for 1. Undefined when it cannot be one of ours. */
export function parseVoucherCode(text: string): string | undefined {
  const code = text
    .toUpperCase()
    .replace(/[\s–—-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (code.length !== LENGTH || [...code].some((digit) => !DIGITS.includes(digit))) return undefined
  return checkDigit(code.slice(0, -1)) === code.at(-1) ? code : undefined
}

/** Luhn's algorithm modulo 32 (ISO/IEC 7812-1, annex B, for any even base): finds every single typing error and nearly every swap. */
function checkDigit(body: string): string {
  const base = DIGITS.length
  const sum = [...body].reverse().reduce((total, digit, at) => {
    const value = DIGITS.indexOf(digit) * (at % 2 === 0 ? 2 : 1)
    return total + Math.floor(value / base) + (value % base)
  }, 0)
  return DIGITS[(base - (sum % base)) % base]!
}
