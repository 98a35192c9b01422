/** The default accent colour, persimmon. */
export const ACCENT = '#c8430b'
/** The default accent colour on a dark background, chosen by eye. */
const ACCENT_DARK = '#ff8a57'

const LIGHT = [255, 255, 255]
const DARK = [22, 22, 23]

/**
 * Returns the stylesheet for the accent colour that staff chose (`#rrggbb`). It is served from its own address because
 * the content security policy forbids inline styles. The lightness of the colour is adjusted until it is readable on
 * light and dark backgrounds (WCAG AA, 4.5:1).
 */
export function themeCss(accent: string): string {
  if (!/^#[\da-f]{6}$/i.test(accent)) return ''
  const [onLight, onDark] = shadesOf(accent)
  return `@layer theme{:root{--accent-light:rgb(${onLight.join(' ')});--accent-dark:rgb(${onDark.join(' ')})}}\n`
}

/** The shades of the accent colour that are readable on light and dark backgrounds, each as red, green and blue. */
export function shadesOf(accent: string): [onLight: number[], onDark: number[]] {
  const onDark = accent === ACCENT ? ACCENT_DARK : accent
  return [readable(partsOf(accent), LIGHT, 0), readable(partsOf(onDark), DARK, 255)]
}

const partsOf = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))

function readable(rgb: number[], ground: number[], towards: number): number[] {
  for (let step = 0; step <= 100; step++) {
    const mixed = rgb.map((part) => Math.round(part + ((towards - part) * step) / 100))
    if (contrast(mixed, ground) >= 4.6) return mixed
  }
  return rgb
}

const contrast = (a: number[], b: number[]) => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Relative luminance as defined by WCAG 2. */
const luminance = (rgb: number[]) => {
  const [r, g, b] = rgb.map((part) => (part <= 10 ? part / 3294 : ((part / 255 + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
