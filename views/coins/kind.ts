import type { EntryJson } from '../../src/coins/json'
import type { Translate } from '../words'

/** What a line of the statement is, in words. */
export const kindText = (kind: EntryJson['kind'], t: Translate): string =>
  ({
    grant: t('Given by the staff'),
    voucher: t('Voucher redeemed'),
    topup: t('Paid in'),
    checkout: t('Coins bought'),
    purchase: t('Post bought'),
    sale: t('Post sold'),
    fee: t('Fee'),
    tip: t('Tip'),
    gift: t('Gift'),
    refund: t('Refund'),
    reversal: t('Taken back'),
    payout: t('Payout'),
    forfeit: t('Forfeited'),
    correction: t('Correction'),
  })[kind]
