import type { EntryJson } from '../../shapes/coins'
import type { Frame } from '../frame'

/** The name of an entry in a statement. `coins` is negative if the coins were spent. */
export function kindName(kind: EntryJson['kind'], coins: number, t: Frame['t']): string {
  const names: Record<EntryJson['kind'], string> = {
    grant: t('Granted'),
    voucher: t('Voucher'),
    topup: t('Top-up'),
    checkout: t('Bought coins'),
    purchase: t('Bought a post'),
    sale: t('Sold a post'),
    fee: t('Fee'),
    tip: coins > 0 ? t('Tip received') : t('Tip sent'),
    gift: t('Gift sent'),
    look: t('Link for a guest'),
    refund: t('Refund'),
    reversal: t('Taken back'),
    payout: t('Payout'),
    forfeit: t('Given up'),
    correction: t('Correction'),
  }
  return names[kind]
}
