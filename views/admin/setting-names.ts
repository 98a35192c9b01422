import { LOCALES } from '../../shapes/locales'
import type { Settings } from '../../shapes/settings'
import type { Translate } from '../words'
import { languageName } from '../words/format'

/**
 * The settings by the names of their fields. Each limit is a setting of its own, and each line of the bank account has a
 * field.
 */
export type SettingName =
  | Exclude<keyof Settings, 'limits'>
  | `bank.${keyof Settings['bank']}`
  | `limits.${keyof Settings['limits']}`

/** The name of each setting, for its form and for the list of actions. */
export const settingNames = (t: Translate): Record<SettingName, string> => ({
  siteName: t('Community name'),
  accent: t('Accent colour'),
  mark: t('Logo'),
  securityContact: t('Contact for security problems'),
  business: t('Business details'),
  description: t('Description'),
  welcome: t('Welcome'),
  announcement: t('Announcement'),
  announcementFor: t('Who sees the announcement'),
  announcementUntil: t('Last day of the announcement'),
  locale: t('Language'),
  timeZone: t('Time zone'),
  access: t('Who can view posts'),
  registration: t('Who can join'),
  approval: t('The staff approve new members'),
  confirmEmail: t('New members confirm their email address'),
  allowedDomains: t('Only these email domains'),
  blockedDomains: t('Blocked email domains'),
  staffSecondFactor: t('Staff need two-step verification'),
  guestLinks: t('Let members show single posts to people without an account'),
  adultAge: t('Age from which people see posts for adults'),
  adultBy: t('How that age counts'),
  ageProof: t('Who confirms an age'),
  coins: t('Coins'),
  packs: t('Packs'),
  bank: t('Bank transfer'),
  'bank.bank': t('Bank'),
  'bank.account': t('Account number'),
  'bank.holder': t('Account holder'),
  'bank.note': t('Instructions'),
  refundText: t('Text on refunds'),
  undo: t('Undo purchases'),
  buyerAge: t('Age of buyers of coins'),
  feePercent: t('Fee in percent'),
  refundDays: t('Refund period in days'),
  payouts: t('Payouts'),
  payoutHoldDays: t('Waiting period before payouts in days'),
  payoutMinCoins: t('Smallest payout in coins'),
  graceDays: t('Days until a deleted account is erased'),
  maxUploadMb: t('Largest upload in MB'),
  quotaMb: t('Storage per member in MB'),
  moderatorQuotaMb: t('Storage per moderator in MB'),
  adminQuotaMb: t('Storage per administrator in MB'),
  minFreeMb: t('Free disk space to keep in MB'),
  'limits.signInsOfHandle': t('Failed sign-ins per handle in 15 minutes'),
  'limits.signInsOfAddress': t('Failed sign-ins per IP address in 15 minutes'),
  'limits.signUps': t('Sign-ups per IP address per hour'),
  'limits.uploads': t('Uploads per member per hour'),
  'limits.redemptions': t('Failed voucher redemptions and gifts per member per hour'),
  'limits.checkouts': t('Payments started per member per hour'),
  'limits.posts': t('Posts per member per hour'),
  'limits.comments': t('Comments per member per hour'),
  'limits.changes': t('Other changes per member per hour'),
  'limits.mails': t('Mails requested per member or IP address per hour'),
  'limits.apps': t('Apps registered per IP address per hour'),
  'limits.anonymousReads': t('Reads without an account per IP address in 5 minutes'),
})

/** The settings that have one of a few values. */
type Chosen = {
  [K in keyof Settings]: Settings[K] extends string ? (string extends Settings[K] ? never : K) : never
}[keyof Settings]

export const onOrOff = (t: Translate) => ({ on: t('On'), off: t('Off') })

/** The values of these settings in words. */
export function settingChoices(t: Translate): { [K in Chosen]: Record<Settings[K], string> } {
  const switched = onOrOff(t)
  return {
    announcementFor: { members: t('Members only'), everyone: t('Everyone, also without an account') },
    locale: Object.fromEntries(LOCALES.map((locale) => [locale, languageName(locale)])) as Record<
      Settings['locale'],
      string
    >,
    access: { members: t('Members only'), public: t('Everyone on the internet') },
    registration: { invite: t('People with an invitation'), open: t('Anyone'), closed: t('No one') },
    guestLinks: switched,
    adultBy: { birthday: t('From the birthday'), year: t('From the 1st of January of the year of the birthday') },
    ageProof: { word: t('People themselves, by their date of birth'), staff: t('The staff, on each profile') },
    coins: switched,
    undo: switched,
    payouts: switched,
  }
}
