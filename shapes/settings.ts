import { z } from 'zod'
import { isCurrency, isPayable } from './currency'
import { domainsField } from './domains'
import { LOCALES } from './locales'
import { later, object } from './object'
import { nameField, textField } from './text'
import { timeZoneField } from './time-zone'

/** The largest upload limit that can be set. Megabytes are binary: 1 MB is 1,048,576 bytes. */
export const MOST_MB = 65_536
export const accessSchema = later(() => z.enum(['members', 'public']).describe('members or public'))
export const registrationSchema = later(() => z.enum(['invite', 'open', 'closed']).describe('invite, open or closed'))
export const localeSchema = later(() => z.enum(LOCALES).describe(`one of these languages: ${LOCALES.join(', ')}`))
export const coinsSchema = later(() => z.enum(['on', 'off']).describe('on or off'))
export const maxUploadSchema = later(() =>
  z.int().min(1).max(MOST_MB).describe(`a whole number of megabytes from 1 to ${MOST_MB}`),
)
export const quotaSchema = later(() =>
  z.int().min(1).max(1_000_000_000).describe('a whole number of megabytes from 1 to 1000000000'),
)
export const minFreeSchema = later(() =>
  z.int().min(0).max(1_000_000_000).describe('a whole number of megabytes from 0 to 1000000000'),
)

/** The largest amount that every provider accepts in any currency. */
const MOST_MONEY = 99_999_999

export const packSchema = object(() => ({
  coins: z.int().min(1).max(1_000_000),
  amount: z
    .int()
    .min(1)
    .max(MOST_MONEY)
    .describe('The price in the smallest unit of the currency: cents for dollars, but whole won and yen.'),
  currency: z
    .string()
    .trim()
    .toLowerCase()
    .refine(isCurrency, 'A currency has three letters, like EUR.')
    .describe('The three-letter currency code, such as `eur`.'),
}))
  .strict()
  .refine(({ amount, currency }) => isPayable(amount, currency), {
    path: ['amount'],
    error: 'Amounts in this currency must end in 0.',
  })
export type Pack = z.infer<typeof packSchema>

/** The largest number of packs that can be offered. */
export const MOST_PACKS = 20

const bankField = (max: number) => textField({ max, tooLong: 'This text is too long.' })
/** Where members transfer money for coins. Transfers are offered once there is an account number. */
export const bankSchema = object(() => ({
  bank: bankField(60).default(''),
  account: bankField(60).default(''),
  holder: bankField(100).default(''),
  note: bankField(1000).default('').describe('Instructions, such as what to write on the transfer.'),
}))
  .strict()
  .meta({ id: 'BankAccount' })

const days = (what: string) => z.int().min(0).max(365).describe(what)
/** The rules for sales, tips and payouts; see `coins/transfer-legs.ts` and `coins/payouts/model.ts`. */
const dealsSchema = object(() => ({
  refundText: textField({ max: 500, tooLong: 'Enter at most 500 characters.' }).describe(
    'What buyers read about refunds before they buy a post or coins.',
  ),
  undo: z
    .enum(['on', 'off'])
    .describe('Whether a purchase can be undone for ten seconds, during which it is not shown.'),
  buyerAge: z
    .int()
    .min(1)
    .max(99)
    .nullable()
    .describe('The age that buyers of coins have to confirm once; null asks nobody.'),
  feePercent: z
    .int()
    .min(0)
    .max(50)
    .describe('The fee on each sale, gift and tip in percent, rounded down to whole coins.'),
  refundDays: days('How many days the creator or the staff can refund a sale.'),
  payouts: z.enum(['on', 'off']).describe('Whether earned coins can be paid out.'),
  payoutHoldDays: days('How many days earned coins are held before they can be paid out.'),
  payoutMinCoins: z.int().min(1).max(1_000_000).describe('The smallest payout, in coins.'),
}))

const limit = (what: string) => z.int().min(1).max(1_000_000).describe(what)

const limitsSchema = object(() => ({
  signInsOfHandle: limit('Failed sign-ins per handle in 15 minutes.'),
  signInsOfAddress: limit('Failed sign-ins per IP address in 15 minutes.'),
  signUps: limit('Sign-ups per IP address and hour.'),
  uploads: limit('Uploads per person and hour.'),
  posts: limit('Posts per person and hour.'),
  comments: limit('Comments per person and hour.'),
  redemptions: limit('Failed voucher redemptions and refused gifts per person and hour.'),
  checkouts: limit('Payments started per person and hour.'),
  changes: limit('Other changes per person and hour.'),
  mails: limit('Requested mails per person, or per IP address when signed out, and hour.'),
  apps: limit('Apps that register themselves per IP address and hour.'),
  anonymousReads: limit('Reads without an account per IP address in 5 minutes.'),
})).meta({ id: 'Limits' })

export const settingsSchema = object(() => ({
  siteName: nameField({ max: 60, empty: 'Please enter a name.' }),
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'Enter a colour like #d2542a.')
    .nullable()
    .describe('The colour of buttons and links, or null for the default.'),
  mark: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .nullable()
    .describe(
      'The hash of the logo that was uploaded, whose icons are at `/marks/{mark}/icon-512.png`; null for the default.',
    ),
  securityContact: z
    .string()
    .trim()
    .max(300)
    .regex(/^(https:\/\/|mailto:)\S+$/, 'Enter an address that starts with https:// or mailto:.')
    .nullable()
    .describe('Where people report security problems, for `/.well-known/security.txt`. Null publishes no such file.'),
  business: textField({ max: 1000, tooLong: 'These details can have at most 1,000 characters.' }).describe(
    'Lines at the foot of every page, such as the name, address and registration number of a business.',
  ),
  description: textField({ max: 300, tooLong: 'Enter at most 300 characters.' }).describe(
    'What the community is about, for people who sign in or join.',
  ),
  welcome: textField({ max: 3000, tooLong: 'Enter at most 3,000 characters.' }).describe(
    'What new members read once at the top of the main page and the inbox, in Markdown.',
  ),
  announcement: textField({ max: 500, tooLong: 'Enter at most 500 characters.' }).describe(
    'What people read at the top of every page until they close it.',
  ),
  announcementFor: z
    .enum(['members', 'everyone'])
    .describe(
      'Whether only members read the announcement, or everyone: then it is also shown where people sign in and join, and ' +
        'on all pages that visitors without an account can open.',
    ),
  announcementUntil: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/, 'Enter a day like 2026-12-31.')
    .meta({ format: 'date' })
    .nullable()
    .describe('The last day on which the announcement is shown, in the time zone of the community; null for no end.'),
  locale: localeSchema().describe('The language for people whose browser asks for none that is supported.'),
  timeZone: timeZoneField().describe('The time zone for people who have not chosen one, such as Asia/Seoul.'),
  access: accessSchema(),
  registration: registrationSchema(),
  approval: z.boolean().describe('Whether the staff have to approve everybody who signs up.'),
  confirmEmail: z
    .boolean()
    .describe(
      'Whether people who sign up without an invitation have to confirm an email address before they take part. It ' +
        'needs a mail server.',
    ),
  allowedDomains: domainsField().describe('The only domains of email addresses that can be used; empty allows all.'),
  blockedDomains: domainsField().describe('Domains of email addresses that cannot be used, with their subdomains.'),
  staffSecondFactor: z
    .boolean()
    .describe(
      'Whether staff need a second factor. Without one they can use only their own account. Only somebody who has ' +
        'one can turn this on.',
    ),
  guestLinks: z
    .enum(['on', 'off'])
    .describe('Whether members can make links by which somebody without an account sees one post for a while.'),
  adultAge: z
    .int()
    .min(13)
    .max(25)
    .describe(
      'The age from which people see posts for adults. By default 19 where the time zone is that of Korea, and 18 elsewhere.',
    ),
  adultBy: z
    .enum(['birthday', 'year'])
    .describe(
      'Whether that age counts from the birthday, or from the 1st of January of its year, which is the default where the ' +
        'time zone is that of Korea.',
    ),
  ageProof: z
    .enum(['word', 'staff'])
    .describe('Whether people confirm their age by their birthday and their own word, or the staff do it for them.'),
  coins: coinsSchema().describe('`off` hides prices, wallets and libraries.'),
  packs: z
    .array(packSchema)
    .max(MOST_PACKS, 'You can offer at most 20 packs. Remove one first.')
    .refine(
      (packs) => new Set(packs.map((pack) => JSON.stringify(pack))).size === packs.length,
      'This pack already exists.',
    )
    .describe('The packs of coins that can be bought with money.'),
  bank: bankSchema.describe('The bank account to which members transfer money for coins.'),
  ...dealsSchema.shape,
  graceDays: days('How many days a deleted account can come back before it is erased.'),
  maxUploadMb: maxUploadSchema(),
  quotaMb: quotaSchema(),
  moderatorQuotaMb: quotaSchema().nullable().describe('The storage of each moderator in MB; null for that of members.'),
  adminQuotaMb: quotaSchema().nullable().describe('The storage of each administrator in MB; null for that of members.'),
  minFreeMb: minFreeSchema(),
  limits: limitsSchema,
})).meta({ id: 'Settings' })
export type Settings = z.infer<typeof settingsSchema>

/**
 * A change of settings. Omitted fields stay as they are; null restores the default. The logo is uploaded instead.
 */
export const settingsPatchSchema = object(() => {
  const { mark: _, ...changeable } = settingsSchema.shape
  return nullish({ ...changeable, limits: object(() => nullish(limitsSchema.shape)).strict() })
})
  .strict()
  .meta({ id: 'SettingsPatch' })
export type SettingsPatch = z.infer<typeof settingsPatchSchema>

/** The defaults; the limits are those of the API contract, and `usualAdults` knows more about the age of adults. */
export const defaults: Settings = {
  siteName: 'Pinhole',
  accent: null,
  mark: null,
  securityContact: null,
  business: '',
  description: '',
  welcome: '',
  announcement: '',
  announcementFor: 'members',
  announcementUntil: null,
  locale: 'en',
  timeZone: 'UTC',
  access: 'members',
  registration: 'invite',
  approval: false,
  confirmEmail: false,
  allowedDomains: [],
  blockedDomains: [],
  staffSecondFactor: false,
  guestLinks: 'on',
  adultAge: 18,
  adultBy: 'birthday',
  ageProof: 'word',
  coins: 'on',
  packs: [],
  bank: { bank: '', account: '', holder: '', note: '' },
  feePercent: 0,
  refundDays: 14,
  refundText: '',
  undo: 'off',
  buyerAge: null,
  payouts: 'off',
  payoutHoldDays: 14,
  payoutMinCoins: 100,
  graceDays: 14,
  maxUploadMb: 4096,
  quotaMb: 10_240,
  moderatorQuotaMb: null,
  adminQuotaMb: null,
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
    apps: 10,
    anonymousReads: 3000,
  },
}

const KOREA = /^(Asia\/Seoul|ROK)$/i

/**
 * The age of adults where the host has chosen none. The Korean law that protects juveniles counts years: people are
 * adults from the first of January of the year in which they turn 19. The time zone tells that a community is in Korea.
 */
export const usualAdults = (timeZone: string): Pick<Settings, 'adultAge' | 'adultBy'> =>
  KOREA.test(timeZone) ? { adultAge: 19, adultBy: 'year' } : { adultAge: defaults.adultAge, adultBy: defaults.adultBy }

type Nullish<S extends z.ZodRawShape> = { [K in keyof S]: z.ZodOptional<z.ZodNullable<S[K]>> }
function nullish<S extends z.ZodRawShape>(shape: S): Nullish<S> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [name, z.nullable(schema).optional()]),
  ) as Nullish<S>
}
