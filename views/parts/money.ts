import { numberFormat } from '../words/format'

type Money = { amount: number; currency: string; decimals: number }

/** Formats an amount of money for the locale: €4.90, ₩5,000. */
export const moneyText = ({ amount, currency, decimals }: Money, locale: string): string =>
  numberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(amount / 10 ** decimals)
