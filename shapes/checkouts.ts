import { z } from 'zod'

const money = {
  amount: z.int().describe('In the smallest unit of the currency.'),
  currency: z.string(),
  decimals: z.int().describe('How many digits of the amount are behind the point: 2 of euros, 0 of won and yen.'),
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
    url: z.string().nullable().describe('Where it is paid, as long as it can be.'),
    createdAt: z.iso.datetime(),
    paidAt: z.iso.datetime().nullable(),
    refunded: z.int().describe('Of the amount: refunded, or disputed.'),
    takenBack: z.int().describe('How many of the coins were taken back for that.'),
  })
  .meta({ id: 'Checkout' })

export type CheckoutJson = z.infer<typeof checkoutSchema>

/** As staff see it. */
export const deskCheckoutSchema = checkoutSchema
  .extend({
    handle: z.string(),
    provider: z.string(),
    paymentId: z.string().nullable().describe('What the provider knows it by.'),
  })
  .meta({ id: 'DeskCheckout' })

export type DeskCheckoutJson = z.infer<typeof deskCheckoutSchema>
