/** Currencies without decimals, and with three (the last one must be 0): https://docs.stripe.com/currencies */
const WHOLE = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ')
const THOUSANDTHS = 'bhd jod kwd omr tnd'.split(' ')
/**
 * Currencies without decimals whose amounts Stripe counts in hundredths. A mistake would charge a hundredfold price.
 */
const AMBIGUOUS = ['isk', 'ugx']

let known: Set<string> | undefined

/** Accepts a code of three lower-case letters, like `eur`. */
export function isCurrency(code: string): boolean {
  known ??= new Set(Intl.supportedValuesOf('currency').map((each) => each.toLowerCase()))
  return known.has(code) && !AMBIGUOUS.includes(code)
}

/** How many decimals a price in this currency has. Amounts count its smallest unit. */
export const decimalsOf = (currency: string): number =>
  WHOLE.includes(currency) ? 0 : THOUSANDTHS.includes(currency) ? 3 : 2

/** Whether the provider can charge this amount. */
export const isPayable = (amount: number, currency: string): boolean => decimalsOf(currency) < 3 || amount % 10 === 0

/**
 * Parses a price: `4.90` of a currency with two decimals is 490. A comma is also accepted as the decimal separator.
 * Returns undefined for text that is not a price in the currency.
 */
export function parsePrice(text: string, currency: string): number | undefined {
  const [, whole = '', fraction = ''] = /^(\d{1,9})(?:[.,](\d{1,3}))?$/.exec(text.trim()) ?? []
  const decimals = decimalsOf(currency)
  return whole && fraction.length <= decimals ? Number(whole + fraction.padEnd(decimals, '0')) : undefined
}
