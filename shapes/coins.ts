import { z } from 'zod'
import { object } from './object'

export const ENTRY_KINDS = [
  'grant',
  'voucher',
  'topup',
  'checkout',
  'purchase',
  'sale',
  'fee',
  'tip',
  'gift',
  'look',
  'refund',
  'reversal',
  'payout',
  'forfeit',
  'correction',
] as const

export type EntryKind = (typeof ENTRY_KINDS)[number]

export const walletSchema = object(() => ({
  balance: z.int().describe('All coins that you can spend.'),
  earned: z.int().describe('The part of the balance that you earned.'),
  reserved: z.int().describe('Coins set aside for payouts that you requested.'),
})).meta({ id: 'Wallet' })

export type WalletJson = z.infer<typeof walletSchema>

export const entrySchema = object(() => ({
  id: z.int(),
  at: z.iso.datetime(),
  coins: z.int().describe('Negative for coins that you spent or gave.'),
  kind: z.enum(ENTRY_KINDS),
  balanceAfter: z.int(),
  postId: z.int().optional(),
  handle: z.string().optional().describe('The other person of a tip, sale, purchase or gift.'),
  note: z.string().optional(),
})).meta({ id: 'Entry' })

export type EntryJson = z.infer<typeof entrySchema>

export const voucherSchema = object(() => ({
  id: z.int(),
  coins: z.int(),
  uses: z.int(),
  used: z.int(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
})).meta({ id: 'Voucher' })

export type VoucherJson = z.infer<typeof voucherSchema>
