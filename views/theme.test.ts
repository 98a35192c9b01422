import { expect, test } from 'bun:test'
import { themeCss } from './theme'

const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
const luminance = ([r = 0, g = 0, b = 0]: number[]) =>
  0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255)
const contrast = (a: number[], b: number[]) => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}
const coloursOf = (css: string) =>
  [...css.matchAll(/rgb\(([\d ]+)\)/g)].map(([, parts]) => (parts ?? '').split(' ').map(Number))

test('every accent colour is made readable on light and dark backgrounds', () => {
  for (const accent of ['#ffff00', '#000000', '#ffffff', '#2255dd', '#c8430b', '#808080', '#00ff88']) {
    const [onLight = [], onDark = []] = coloursOf(themeCss(accent))
    expect(contrast(onLight, [255, 255, 255])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(onDark, [22, 22, 23])).toBeGreaterThanOrEqual(4.5)
  }
})

test('a readable accent colour is not changed', () => {
  expect(coloursOf(themeCss('#c8430b'))[0]).toEqual([200, 67, 11])
})

test('an invalid colour gives an empty stylesheet', () => {
  for (const text of ['red', '#fff', '#12345g', '#c8430b}body{display:none']) expect(themeCss(text)).toBe('')
})
