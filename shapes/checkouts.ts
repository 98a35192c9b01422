import { z } from 'zod'

const money = {
  amount: z.int().describe('The price in the smallest unit of the currency.'),
  currency: z.string(),
  decimals: z.int().describe('How many decimals the price has: 2 for euros, 0 for won and yen.'),
}

export const packOfferSchema = z.object({ id: z.string(), coins: z.int(), ...money }).meta({ id: 'Pack' })

export type PackJson = z.infer<typeof packOfferSchema>

const CHECKOUT_STATUSES = ['pending', 'paid', 'failed', 'refunded'] as const

export const checkoutSchema = z
  .object({
    id: z.int(),
    status: z.enum(CHECKOUT_STATUSES),
    coins: z.int(),
    ...money,
    url: z.string().nullable().describe('The payment page, as long as the payment is possible.'),
    createdAt: z.iso.datetime(),
    paidAt: z.iso.datetime().nullable(),
    refunded: z.int().describe('The part of the amount that was refunded or disputed.'),
    takenBack: z.int().describe('How many coins were taken back for refunds and disputes.'),
  })
  .meta({ id: 'Checkout' })

export type CheckoutJson = z.infer<typeof checkoutSchema>

/** A checkout as staff see it. */
export const deskCheckoutSchema = checkoutSchema
  .extend({
    handle: z.string(),
    provider: z.string(),
    paymentId: z.string().nullable().describe('The id of the payment at the provider.'),
  })
  .meta({ id: 'DeskCheckout' })

export type DeskCheckoutJson = z.infer<typeof deskCheckoutSchema>
