import { layered, scatter } from './noise'
import { among, type Colour, clamp, colour, mix, smooth } from './picture'

export type Sky = {
  /** From the horizon to the top. */
  colours: readonly Colour[]
  sun?: { x: number; y: number; colour: Colour; size: number; glow: number }
  clouds?: { amount: number; lit: Colour; dark: Colour; seed: number; scale?: number }
  stars?: { amount: number; seed: number }
  /** A band of faint stars across the sky. */
  milkyWay?: { x: number; lean: number; seed: number }
  aurora?: { seed: number; low: Colour; high: Colour }
}

/** The colours of a sky from the horizon to the top, as they are written in style sheets. */
export const sky = (...hex: string[]): Colour[] => hex.map(colour)

/** The light of the sky at a place of the picture, where `up` is 0 at the horizon and 1 at the top. */
export function lightOf(
  { colours, sun, clouds, stars, milkyWay, aurora }: Sky,
  x: number,
  y: number,
  up: number,
): Colour {
  let light = among(colours, clamp(up) ** 0.8)
  if (stars) light = add(light, starAt(x, y, stars), smooth(0.03, 0.3, up))
  if (milkyWay) light = add(light, milky(x, y, milkyWay), smooth(0, 0.35, up))
  if (aurora) light = add(light, curtain(x, up, aurora), 1)
  if (sun) light = shine(light, sun, x, y)
  if (clouds) light = cover(light, clouds, sun, { x, y, up })
  return light
}

const add = (light: Colour, more: Colour, part: number): Colour => [
  light[0] + more[0] * part,
  light[1] + more[1] * part,
  light[2] + more[2] * part,
]

function shine(light: Colour, sun: NonNullable<Sky['sun']>, x: number, y: number): Colour {
  const away = Math.hypot(x - sun.x, y - sun.y)
  const disc = smooth(sun.size * 1.06, sun.size * 0.94, away) * 5
  const glow = sun.glow * (0.9 * Math.exp(-away * 16) + 0.5 * Math.exp(-away * 5) + 0.22 * Math.exp(-away * 2))
  return add(light, sun.colour, disc + glow)
}

type Where = { x: number; y: number; up: number }

function cover(
  light: Colour,
  { amount, lit, dark, seed, scale = 1 }: NonNullable<Sky['clouds']>,
  sun: Sky['sun'],
  { x, y, up }: Where,
): Colour {
  const far = scale / (up * 0.9 + 0.16) // clouds get smaller towards the horizon
  const [u, v] = [x * far * 1.1 + seed, far * 2.6]
  const bend = layered(u * 0.6, v * 0.6, seed + 40, 2)
  const dense = layered(u + bend, v + bend, seed, 6)
  const thick = smooth(1 - amount - 0.12, 1 - amount + 0.16, dense) * smooth(0, 0.12, up)
  const towards = sun ? Math.exp(-Math.hypot(x - sun.x, y - sun.y) * 2.2) : 0.4
  const body = mix(lit, dark, clamp((dense - (1 - amount)) * 3.2 - towards * 0.35))
  return mix(light, [body[0] * (1 + towards), body[1] * (1 + towards), body[2] * (1 + towards)], thick * 0.92)
}

function starAt(x: number, y: number, { amount, seed }: NonNullable<Sky['stars']>): Colour {
  let light = 0
  for (const [cells, bright] of [
    [90, 0.9],
    [170, 0.34],
  ] as const) {
    const [cx, cy] = [Math.floor(x * cells), Math.floor(y * cells)]
    const chance = scatter(cx, cy, seed + cells)
    if (chance > amount) continue
    const at = {
      x: (cx + 0.2 + 0.6 * scatter(cx, cy, seed + 1)) / cells,
      y: (cy + 0.2 + 0.6 * scatter(cx, cy, seed + 2)) / cells,
    }
    const size = 0.00055 + 0.0008 * scatter(cx, cy, seed + 3) ** 5
    const away = Math.hypot(x - at.x, y - at.y) / size
    light += (bright + 2 * scatter(cx, cy, seed + 4) ** 8) * Math.exp(-away * away)
  }
  const warm = scatter(Math.floor(x * 90), Math.floor(y * 90), seed + 5)
  return [light * (0.85 + warm * 0.3), light * 0.95, light * (1.2 - warm * 0.35)]
}

function milky(x: number, y: number, { x: foot, lean, seed }: NonNullable<Sky['milkyWay']>): Colour {
  const off = x - foot - (1 - y) * lean + (layered(x * 3, y * 3, seed, 4) - 0.5) * 0.16
  const band = Math.exp(-((off / 0.15) ** 2))
  const dust = smooth(0.42, 0.66, layered(x * 5 + 3, y * 5, seed + 9, 6)) * Math.exp(-((off / 0.07) ** 2))
  const cloud = band * (0.25 + 0.95 * layered(x * 7, y * 7, seed + 20, 5) ** 2) * (1 - 0.75 * dust)
  return [cloud * 0.3, cloud * 0.26, cloud * 0.36]
}

function curtain(x: number, up: number, { seed, low, high }: NonNullable<Sky['aurora']>): Colour {
  let light: Colour = [0, 0, 0]
  for (let i = 0; i < 3; i++) {
    const fold = layered(x * 1.5 + i * 3.1, i, seed + i, 3)
    const foot = 0.16 + i * 0.12 + (fold - 0.5) * 0.5
    const rise = up - foot
    if (rise < -0.02) continue
    const rays = 0.45 + 0.9 * layered(x * 16 + fold * 7, up * 0.7, seed + 30 + i, 3)
    const tall = Math.exp(-Math.max(0, rise) * 4.5) * smooth(-0.02, 0.035, rise)
    light = add(light, mix(low, high, clamp(rise * 2.4)), tall * rays * 0.62)
  }
  return light
}
