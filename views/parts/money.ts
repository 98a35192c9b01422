import { numberFormat, numberText } from '../words/format'

type Money = { amount: number; currency: string; decimals: number }

/** Formats an amount of money for the locale: €4.90, ₩5,000. Koreans write the unit behind it: 5,000원. */
export function moneyText({ amount, currency, decimals }: Money, locale: string): string {
  if (locale === 'ko' && currency.toLowerCase() === 'krw') return `${numberText(amount, locale)}원`
  return numberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(amount / 10 ** decimals)
}
