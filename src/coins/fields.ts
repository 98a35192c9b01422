import { z } from 'zod'
import { later } from '../../shapes/object'
import { textField } from '../../shapes/text'
import { MOST_COINS } from './ledger'

export const coinsField = later(() =>
  z
    .int('Enter a whole number of coins.')
    .min(1, 'Enter at least 1 coin.')
    .max(MOST_COINS, 'Enter at most 1,000,000 coins.'),
)
export const handleField = later(() =>
  z
    .string()
    .trim()
    .min(1, 'Please enter a handle.')
    .max(31)
    .transform((text) => text.replace(/^@/, '')),
)
/** The longest note in characters, for everything that moves coins. */
export const LONGEST_NOTE = 200
export const noteField = later(() =>
  textField({ max: LONGEST_NOTE, tooLong: 'Enter at most 200 characters.' }).optional(),
)
export const ageField = later(() =>
  z.boolean().optional().describe('Confirms that you are as old as the host asks buyers to be.'),
)
