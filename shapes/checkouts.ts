import { z } from 'zod'
import { object } from './object'

const money = {
  amount: z.int().describe('The price in the smallest unit of the currency.'),
  currency: z.string(),
  decimals: z.int().describe('How many decimals the price has: 2 for euros, 0 for won and yen.'),
}

export const PROVIDERS = ['stripe', 'toss'] as const
export type ProviderName = (typeof PROVIDERS)[number]

export const packOfferSchema = object(() => ({
  id: z.string(),
  coins: z.int(),
  ...money,
  providers: z.array(z.enum(PROVIDERS)).describe('The payment providers that take this currency here.'),
  transfer: z.boolean().describe('Whether it can be paid by bank transfer, with `POST /coins/topups`.'),
})).meta({ id: 'Pack' })

export type PackJson = z.infer<typeof packOfferSchema>

const depositSchema = object(() => ({
  bank: z.string(),
  account: z.string(),
  holder: z.string(),
  until: z.iso.datetime(),
})).meta({ id: 'Deposit' })

const CHECKOUT_STATUSES = ['pending', 'paid', 'failed', 'refunded'] as const

export const checkoutSchema = object(() => ({
  id: z.int(),
  status: z.enum(CHECKOUT_STATUSES),
  coins: z.int(),
  ...money,
  provider: z.enum(PROVIDERS),
  url: z.string().nullable().describe('The payment page, as long as the payment is possible.'),
  deposit: depositSchema
    .nullable()
    .describe('The bank account to transfer exactly this amount to, while a deposit is awaited.'),
  createdAt: z.iso.datetime(),
  paidAt: z.iso.datetime().nullable(),
  refunded: z.int().describe('The part of the amount that was refunded or disputed.'),
  takenBack: z.int().describe('How many coins were taken back for refunds and disputes.'),
})).meta({ id: 'Checkout' })

export type CheckoutJson = z.infer<typeof checkoutSchema>

/** A checkout as staff see it. */
export const deskCheckoutSchema = object(() => ({
  ...checkoutSchema.shape,
  handle: z.string(),
  paymentId: z.string().nullable().describe('The id of the payment at the provider.'),
})).meta({ id: 'DeskCheckout' })

export type DeskCheckoutJson = z.infer<typeof deskCheckoutSchema>
