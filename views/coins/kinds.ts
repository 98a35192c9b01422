import type { EntryJson } from '../../shapes/coins'
import type { Frame } from '../frame'

/** What an entry is called; the same word for what came and for what went. */
export function kindName(kind: EntryJson['kind'], t: Frame['t']): string {
  const names: Record<EntryJson['kind'], string> = {
    grant: t('Granted'),
    voucher: t('Voucher'),
    topup: t('Top-up'),
    checkout: t('Bought coins'),
    purchase: t('Bought a post'),
    sale: t('Sold a post'),
    fee: t('Fee'),
    tip: t('Tip'),
    gift: t('Gift'),
    refund: t('Refund'),
    reversal: t('Taken back'),
    payout: t('Payout'),
    forfeit: t('Given up'),
    correction: t('Correction'),
  }
  return names[kind]
}
