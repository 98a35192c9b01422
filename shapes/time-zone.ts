import { z } from 'zod'
import { later } from './object'

/** Tells whether this is a name in the IANA time zone database, as browsers report it. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false // An offset such as +01:00 knows no daylight saving time.
  try {
    return !!new Intl.DateTimeFormat('en', { timeZone: name })
  } catch {
    return false
  }
}

export const timeZoneField = later(() =>
  z
    .string()
    .max(100)
    .refine(isTimeZone, 'This time zone does not exist.')
    .describe('a time zone name, such as Asia/Seoul'),
)
