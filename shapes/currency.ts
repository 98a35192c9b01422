/** Counted in whole ones, and in thousandths (of which the provider takes tens): https://docs.stripe.com/currencies */
const WHOLE = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ')
const THOUSANDTHS = 'bhd jod kwd omr tnd'.split(' ')
/** Said to have no decimals and counted in hundredths all the same, by some: too easily a hundredfold price. */
const AMBIGUOUS = ['isk', 'ugx']

const known = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()))

/** Three letters as in `eur`. */
export const isCurrency = (code: string): boolean => known.has(code) && !AMBIGUOUS.includes(code)

/** How many digits of an amount, which counts the smallest unit, are behind the point. */
export const decimalsOf = (currency: string): number =>
  WHOLE.includes(currency) ? 0 : THOUSANDTHS.includes(currency) ? 3 : 2

/** Whether so much can be charged. */
export const isPayable = (amount: number, currency: string): boolean => decimalsOf(currency) < 3 || amount % 10 === 0

/** `4.90` of a currency with two decimals is 490; undefined when it is no price in it. A comma is taken for the point. */
export function parsePrice(text: string, currency: string): number | undefined {
  const [, whole = '', fraction = ''] = /^(\d{1,9})(?:[.,](\d{1,3}))?$/.exec(text.trim()) ?? []
  const decimals = decimalsOf(currency)
  return whole && fraction.length <= decimals ? Number(whole + fraction.padEnd(decimals, '0')) : undefined
}
