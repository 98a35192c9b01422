import { z } from 'zod'

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
  'refund',
  'reversal',
  'payout',
  'forfeit',
  'correction',
] as const

export type EntryKind = (typeof ENTRY_KINDS)[number]

export const walletSchema = z
  .object({
    balance: z.int().describe('All I may spend.'),
    earned: z.int().describe('The part of it that came from sales.'),
    reserved: z.int().describe('Set aside for a payout I asked for.'),
  })
  .meta({ id: 'Wallet' })

export type WalletJson = z.infer<typeof walletSchema>

export const entrySchema = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    coins: z.int().describe('Below zero: given away.'),
    kind: z.enum(ENTRY_KINDS),
    balanceAfter: z.int(),
    postId: z.int().optional(),
    handle: z.string().optional().describe('Whom a tip, sale, purchase or gift was from or for.'),
    note: z.string().optional(),
  })
  .meta({ id: 'Entry' })

export type EntryJson = z.infer<typeof entrySchema>

export const voucherSchema = z
  .object({
    id: z.int(),
    coins: z.int(),
    uses: z.int(),
    used: z.int(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Voucher' })

export type VoucherJson = z.infer<typeof voucherSchema>
