import { z } from 'zod'
import { isCurrency, isPayable } from './currency'

/** Megabytes are binary: 1 MB is 1,048,576 bytes. Nothing may be uploaded that is larger than `MOST_MB`. */
export const MOST_MB = 65_536
export const accessSchema = z.enum(['members', 'public']).describe('members or public')
export const registrationSchema = z.enum(['invite', 'open', 'closed']).describe('invite, open or closed')
export const coinsSchema = z.enum(['on', 'off']).describe('on or off')
export const maxUploadSchema = z.int().min(1).max(MOST_MB).describe(`a whole number of megabytes from 1 to ${MOST_MB}`)
export const quotaSchema = z
  .int()
  .min(1)
  .max(1_000_000_000)
  .describe('a whole number of megabytes from 1 to 1000000000')
export const minFreeSchema = z
  .int()
  .min(0)
  .max(1_000_000_000)
  .describe('a whole number of megabytes from 0 to 1000000000')

/** So many digits every provider takes, in every currency. */
const MOST_MONEY = 99_999_999

export const packSchema = z
  .strictObject({
    coins: z.int().min(1).max(1_000_000),
    amount: z
      .int()
      .min(1)
      .max(MOST_MONEY)
      .describe('In the smallest unit of the currency: cents of a dollar, but whole won and yen.'),
    currency: z
      .string()
      .trim()
      .toLowerCase()
      .refine(isCurrency, 'A currency has three letters, like EUR.')
      .describe('Three letters, as `eur`.'),
  })
  .refine(({ amount, currency }) => isPayable(amount, currency), {
    path: ['amount'],
    error: 'In this currency the last digit has to be 0.',
  })
export type Pack = z.infer<typeof packSchema>

/** As many as one looks through. */
export const MOST_PACKS = 20
/** Of coins that are sold and given: see `coins/legs.ts`, `coins/payouts/model.ts`. */
const days = (what: string) => z.int().min(0).max(365).describe(what)
const dealsShape = {
  feePercent: z
    .int()
    .min(0)
    .max(50)
    .describe('What the house keeps of each sale, gift and tip; rounded down to whole coins.'),
  refundDays: days('For how many days after it a sale can be refunded by its creator or the staff.'),
  payouts: z.enum(['on', 'off']).describe('Whether earned coins can be paid out.'),
  payoutHoldDays: days('For how many days what was earned cannot be paid out.'),
  payoutMinCoins: z.int().min(1).max(1_000_000).describe('The least that can be paid out.'),
}

const limit = (what: string) => z.int().min(1).max(1_000_000).describe(what)

const limitsSchema = z
  .object({
    signInsOfHandle: limit('Failed sign-ins with one handle in 15 minutes.'),
    signInsOfAddress: limit('Failed sign-ins from one address in 15 minutes.'),
    signUps: limit('Sign-ups from one address in an hour.'),
    uploads: limit('Uploads of one person in an hour.'),
    posts: limit('Posts of one person in an hour.'),
    comments: limit('Comments of one person in an hour.'),
    redemptions: limit('Failed redemptions of one person in an hour.'),
    checkouts: limit('Payments begun by one person in an hour.'),
    changes: limit('Other changes of one person in an hour.'),
    mails: limit('Mails that one person, or one address without an account, may ask for in an hour.'),
    anonymousReads: limit('Reads without an account from one address in 5 minutes.'),
  })
  .meta({ id: 'Limits' })

export const settingsSchema = z
  .object({
    siteName: z.string().trim().min(1).max(60),
    accent: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'A colour like #d2542a is expected.')
      .nullable()
      .describe('The colour of buttons and links; null is the one this look was made with.'),
    access: accessSchema,
    registration: registrationSchema,
    coins: coinsSchema.describe('Off hides prices, wallet and library.'),
    packs: z
      .array(packSchema)
      .max(MOST_PACKS, 'You can offer at most 20 packs.')
      .refine(
        (packs) => new Set(packs.map((pack) => JSON.stringify(pack))).size === packs.length,
        'This pack already exists.',
      )
      .describe('The coins that can be bought with money, and for how much.'),
    ...dealsShape,
    maxUploadMb: maxUploadSchema,
    quotaMb: quotaSchema,
    minFreeMb: minFreeSchema,
    limits: limitsSchema,
  })
  .meta({ id: 'Settings' })
export type Settings = z.infer<typeof settingsSchema>

/** What is left out stays; null goes back to the default. */
export const settingsPatchSchema = z
  .strictObject(nullish({ ...settingsSchema.shape, limits: z.strictObject(nullish(limitsSchema.shape)) }))
  .meta({ id: 'SettingsPatch' })
export type SettingsPatch = z.infer<typeof settingsPatchSchema>

/** The limits are the contract's. */
export const defaults: Settings = {
  siteName: 'Pinhole',
  accent: null,
  access: 'members',
  registration: 'invite',
  coins: 'on',
  packs: [],
  feePercent: 0,
  refundDays: 14,
  payouts: 'off',
  payoutHoldDays: 14,
  payoutMinCoins: 100,
  maxUploadMb: 4096,
  quotaMb: 10_240,
  minFreeMb: 512,
  limits: {
    signInsOfHandle: 10,
    signInsOfAddress: 50,
    signUps: 20,
    uploads: 300,
    posts: 100,
    comments: 200,
    redemptions: 10,
    checkouts: 30,
    changes: 3000,
    mails: 10,
    anonymousReads: 3000,
  },
}

type Nullish<S extends z.ZodRawShape> = { [K in keyof S]: z.ZodOptional<z.ZodNullable<S[K]>> }
function nullish<S extends z.ZodRawShape>(shape: S): Nullish<S> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [name, z.nullable(schema).optional()]),
  ) as unknown as Nullish<S>
}
