import { decimalsOf } from '../../shapes/currency'
import type { Pack, Settings } from '../../shapes/settings'
import { moneyText } from '../parts/money'
import { dayText } from '../parts/time'
import type { Translate } from '../words'
import { cut } from '../words/cut'
import { numberFormat, numberText, segmenter } from '../words/format'
import { onOrOff, settingChoices, settingNames } from './setting-names'

/** At most this many characters of each value are shown. */
const MOST = 80
/** How many characters lead to the place from which two long values differ. */
const BEFORE = 20

type Change = { name: string; from: unknown; to: unknown }
type Numeric = {
  [K in keyof Settings]: NonNullable<Settings[K]> extends number ? K : never
}[keyof Settings]

const megabytes = (n: number, t: Translate) => numberFormat(t.locale, { style: 'unit', unit: 'megabyte' }).format(n)
const days = (n: number, t: Translate) => t({ one: '{n} day', other: '{n} days' }, { n })
const coins = (n: number, t: Translate) => t({ one: '{n} coin', other: '{n} coins' }, { n })
const percent = (n: number, t: Translate) => numberFormat(t.locale, { style: 'percent' }).format(n / 100)
const plain = (n: number, t: Translate) => numberText(n, t.locale)

/** The unit of each number, as the label of its field says it. */
const units: Record<Numeric, (n: number, t: Translate) => string> = {
  adultAge: plain,
  buyerAge: plain,
  feePercent: percent,
  refundDays: days,
  payoutHoldDays: days,
  payoutMinCoins: coins,
  graceDays: days,
  maxUploadMb: megabytes,
  quotaMb: megabytes,
  moderatorQuotaMb: megabytes,
  adminQuotaMb: megabytes,
  minFreeMb: megabytes,
}

/**
 * Says which setting was changed, and its value before and after, as its form shows them. An action that an earlier
 * version recorded may have a name or a value that this version does not know, which is shown as it is.
 */
export function settingFacts({ name, from, to }: Change, t: Translate): string[] {
  const names: Record<string, string | undefined> = settingNames(t)
  const said = names[name] ?? name
  // The names of pictures are hashes, which tell nobody anything.
  if (name === 'mark') return [said, to === null ? t('Default logo') : t('New picture')]
  if (name === 'bank' && isRecord(from) && isRecord(to)) {
    const changed = Object.keys({ ...from, ...to }).filter((line) => from[line] !== to[line])
    return [
      said,
      ...changed.map((line) => {
        const values = changeText(valueText('bank', from[line], t), valueText('bank', to[line], t), t)
        return `${names[`bank.${line}`] ?? line}: ${values}`
      }),
    ]
  }
  return [said, changeText(valueText(name, from, t), valueText(name, to, t), t)]
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function valueText(name: string, value: unknown, t: Translate): string {
  if (Array.isArray(value) && value.length) return value.map((each) => valueText(name, each, t)).join(', ')
  if (value === null || value === undefined || value === '' || Array.isArray(value)) return t('empty')
  if (typeof value === 'boolean') return onOrOff(t)[value ? 'on' : 'off']
  if (typeof value === 'number') return (Object.hasOwn(units, name) ? units[name as Numeric] : plain)(value, t)
  if (typeof value === 'string') return textOf(name, value, t)
  return name === 'packs' ? packText(value as Pack, t) : JSON.stringify(value)
}

function textOf(name: string, value: string, t: Translate): string {
  if (name === 'timeZone') return value.replaceAll('_', ' ')
  if (name === 'announcementUntil') return dayText(value, t.locale)
  const choices: Record<string, Record<string, string> | undefined> = settingChoices(t)
  return choices[name]?.[value] ?? value
}

const packText = ({ coins: n, amount, currency }: Pack, t: Translate) =>
  `${coins(n, t)} (${moneyText({ amount, currency, decimals: decimalsOf(currency) }, t.locale)})`

/** Both values, from the beginning or, where that is the same, from shortly before they differ. */
function changeText(from: string, to: string, t: Translate): string {
  const [before, after] = [cut(from, MOST, t.locale), cut(to, MOST, t.locale)]
  if (before !== after) return `${before} → ${after}`
  const [old, renewed] = [onOneLine(from), onOneLine(to)]
  // Only the breaks between the lines were changed.
  if (old === renewed) return after
  const start = shortlyBeforeDifference(old, renewed, t)
  const rest = (text: string) => `…${cut(text.slice(start), MOST, t.locale)}`
  return `${rest(old)} → ${rest(renewed)}`
}

const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

function shortlyBeforeDifference(from: string, to: string, t: Translate): number {
  let at = 0
  while (from[at] === to[at]) at++
  const word = from.indexOf(' ', at - BEFORE) + 1
  if (word > 0 && word <= at) return word
  const character = segmenter(t.locale)
    .segment(from)
    .containing(at - BEFORE)
  return character?.index ?? 0
}
