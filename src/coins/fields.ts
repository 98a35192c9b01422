import { z } from 'zod'
import { MOST_COINS } from './ledger'

export const coinsField = z
  .int('Enter a whole number of coins.')
  .min(1, 'Enter at least 1 coin.')
  .max(MOST_COINS, 'Enter at most 1,000,000 coins.')
export const handleField = z
  .string()
  .trim()
  .min(1, 'Please enter a handle.')
  .max(31)
  .transform((text) => text.replace(/^@/, ''))
export const noteField = z.string().trim().max(200, 'Enter at most 200 characters.').optional()
export const keyField = z.string().max(255).optional().describe('The key for forms; scripts send the header instead.')
