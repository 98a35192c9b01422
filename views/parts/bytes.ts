import { numberFormat } from '../words/format'

const MB = 1024 ** 2
const GB = 1024 ** 3

/** Formats a size in binary megabytes or gigabytes, like the settings. */
export function bytesText(bytes: number, locale: string): string {
  const [value, unit] = bytes >= GB ? [bytes / GB, 'gigabyte'] : [bytes / MB, 'megabyte']
  return numberFormat(locale, { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 })
    .format(value)
    .replace(' ', '\u00a0') // no line ends between the number and its unit
}
