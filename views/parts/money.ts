type Money = { amount: number; currency: string; decimals: number }

/** Formats an amount of money for the locale: €4.90, ₩5,000. */
export const moneyText = ({ amount, currency, decimals }: Money, locale: string): string =>
  (amount / 10 ** decimals).toLocaleString(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
