import { node } from '../node'

/** The alphabet of Crockford's base 32, which has no letters that look alike. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 16

/** Creates a code of fifteen random characters (75 bits) and a check digit, in groups of four. */
export function newVoucherCode(): string {
  const body = Array.from({ length: LENGTH - 1 }, () => DIGITS[node.crypto.randomInt(DIGITS.length)]).join('')
  return `${body}${checkDigit(body)}`.match(/.{4}/g)!.join('-')
}

/**
 * Normalizes a code as people type it: in any case, with or without dashes, O for 0, and I or L for 1. Returns
 * undefined for text that is not a valid code.
 */
export function parseVoucherCode(text: string): string | undefined {
  const code = text
    .toUpperCase()
    .replace(/[\s–—-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (code.length !== LENGTH || [...code].some((digit) => !DIGITS.includes(digit))) return undefined
  return checkDigit(code.slice(0, -1)) === code.at(-1) ? code : undefined
}

/**
 * Luhn's algorithm modulo 32 (ISO/IEC 7812-1, annex B, for any even base), which detects every wrong character and
 * almost every swap of two neighbours.
 */
function checkDigit(body: string): string {
  const base = DIGITS.length
  const sum = [...body].reverse().reduce((total, digit, at) => {
    const value = DIGITS.indexOf(digit) * (at % 2 === 0 ? 2 : 1)
    return total + Math.floor(value / base) + (value % base)
  }, 0)
  return DIGITS[(base - (sum % base)) % base]!
}
