import { type Chance, chanceFrom, layered, scatter } from './noise'
import { among, type Colour, clamp, colour, mix, type Picture, type Size, shade, smooth } from './picture'
import { lightOf, type Sky } from './sky'

export type Water = { air: Sky; deep: Colour; seed: number; horizon?: number; seconds?: number }

/** The sea and its waves, with the way of light that the sun makes on them. */
export function sea(size: Size, { air, deep, seed, horizon = 0.45, seconds = 0 }: Water): Picture {
  return shade(size, (x, y, set) => {
    if (y < horizon) return set(...lightOf(air, x, y, (horizon - y) / horizon))
    const depth = y - horizon
    const far = 1 / (depth + 0.012)
    const [u, v] = [x * far * 0.55 + seed, far * 1.5]
    const [a, b] = [u * 1.4 + seconds * 0.12, v * 2.2 + seconds * 0.75]
    const wave = layered(a, b, seed, 5) - 0.5
    const slope = layered(a, b + 0.05, seed, 5) - 0.5 - wave
    const mirrored = clamp((depth * (0.75 + wave * 1.3) + slope * 0.9) / horizon, 0.01, 1)
    const above = lightOf(
      { ...air, ...(air.sun && { sun: { ...air.sun, size: 0, glow: air.sun.glow * 0.5 } }) },
      x + wave * 0.16,
      horizon - depth * 0.9,
      mirrored,
    )
    const glance = 0.25 + 0.65 * Math.exp(-depth * 5)
    let light = mix(deep, above, clamp(glance + slope * 2.6))
    if (air.sun) {
      const across = (x - air.sun.x + wave * 0.1) / (0.05 + depth * 0.45)
      const glint = Math.exp(-across * across) * smooth(0.035, 0.12, slope + wave * 0.12) * 2.6
      light = [
        light[0] + air.sun.colour[0] * glint,
        light[1] + air.sun.colour[1] * glint,
        light[2] + air.sun.colour[2] * glint,
      ]
    }
    const foam =
      smooth(0.74, 0.82, layered(u * 3 + seconds * 0.2, v * 5 + seconds * 1.6, seed + 9, 5) + depth * 0.12) *
      depth *
      0.5
    return set(light[0] + foam, light[1] + foam, light[2] + foam)
  })
}

type Lamp = { x: number; y: number; size: number; colour: Colour; bright: number }

/** Lights of a street, out of focus. With `rain`, through a window with drops on it. */
export function bokeh(
  size: Size,
  { seed, back, lamps: tints, rain = false }: { seed: number; back: Colour[]; lamps: Colour[]; rain?: boolean },
): Picture {
  const chance = chanceFrom(seed)
  const ratio = size.width / size.height
  const lamps = Array.from({ length: 64 }, (_, i): Lamp => {
    const near = chance()
    return {
      x: chance() * ratio,
      y: 0.08 + 0.8 * (chance() * 0.6 + chance() * 0.4),
      size: 0.018 + 0.055 * near ** 2 + (i < 6 ? 0.03 : 0),
      colour: tints[Math.floor(chance() * tints.length)]!,
      bright: 0.25 + 0.6 * chance(),
    }
  })
  const drops = rain ? dropsOf(ratio, chance) : []
  const at = (x: number, y: number): Colour => {
    let light = among(back, y)
    for (const lamp of lamps) {
      const away = Math.hypot(x - lamp.x, y - lamp.y) / lamp.size
      if (away > 1.25) continue
      const disc = smooth(1.03, 0.94, away) * (0.62 + 0.38 * away ** 4) * lamp.bright
      light = [light[0] + lamp.colour[0] * disc, light[1] + lamp.colour[1] * disc, light[2] + lamp.colour[2] * disc]
    }
    return light
  }
  return shade(size, (x, y, set) => {
    for (const drop of drops) {
      const [dx, dy] = [(x - drop.x) / drop.size, (y - drop.y) / (drop.size * drop.long)]
      const away = Math.hypot(dx, dy)
      if (away > 1) continue
      // a drop is a small lens: it shows everything behind it upside down
      const seen = at(drop.x - dx * 0.42, 0.55 - dy * 0.42)
      const rim = 0.5 + 0.75 * (1 - away ** 3) + 0.5 * smooth(0.3, 0, Math.hypot(dx + 0.3, dy + 0.4))
      return set(seen[0] * rim, seen[1] * rim, seen[2] * rim)
    }
    const mist = rain ? 0.86 + 0.2 * layered(x * 3, y * 3, seed, 3) : 1
    const light = at(x, y)
    return set(light[0] * mist, light[1] * mist, light[2] * mist)
  })
}

type Drop = { x: number; y: number; size: number; long: number }

const dropsOf = (ratio: number, chance: Chance): Drop[] =>
  Array.from({ length: 230 }, () => ({
    x: chance() * ratio,
    y: chance(),
    size: 0.003 + 0.016 * chance() ** 3,
    long: 1 + 0.5 * chance(),
  }))

/** The lights of a city on the other side of a river. */
export function skyline(size: Size, { seed, air, water }: { seed: number; air: Sky; water: Colour }): Picture {
  const ratio = size.width / size.height
  const horizon = 0.62
  const rows = [0, 1, 2].map((row) => housesOf(ratio, row, chanceFrom(seed + row)))
  const night = [colour('#2b3358'), colour('#161b34'), colour('#0a0d1c')]
  const lit = (x: number, y: number): Colour => {
    let light = lightOf(air, x, y, (horizon - y) / horizon)
    for (const [row, houses] of rows.entries()) {
      const house = houses.find(({ from, to }) => x >= from && x < to)
      if (!house || y < horizon - house.high) continue
      light = mix(night[row]!, light, 0.3 - row * 0.12)
      light = windowAt(
        light,
        { x: x - house.from, y: y - horizon + house.high, width: house.to - house.from },
        house.seed,
      )
    }
    return light
  }
  return shade(size, (x, y, set) => {
    if (y < horizon) return set(...lit(x, y))
    const depth = y - horizon
    const far = 1 / (depth + 0.03)
    const wave = layered(x * far * 0.5, far * 2.2, seed + 5, 4) - 0.5
    const blur = depth * 0.16
    let light: Colour = [0, 0, 0]
    for (let i = 0; i < 6; i++) {
      const part = lit(
        x + wave * 0.03,
        Math.min(horizon - 0.002, horizon - depth * 0.8 + wave * 0.14 + (i - 2.5) * blur),
      )
      light = [light[0] + part[0] / 6, light[1] + part[1] / 6, light[2] + part[2] / 6]
    }
    return set(...mix(light, water, 0.3 + depth * 0.7))
  })
}

type House = { from: number; to: number; high: number; seed: number }

function housesOf(ratio: number, row: number, chance: Chance): House[] {
  const houses: House[] = []
  for (let x = -0.05; x < ratio; ) {
    const wide = 0.045 + chance() * 0.075
    const tower = chance() < 0.22 ? 0.2 : 0
    const middle = Math.exp(-(((x - ratio * 0.55) / (ratio * 0.32)) ** 2))
    const high = (0.08 + chance() * 0.13 + tower) * (0.55 + 0.75 * middle) * (1.25 - row * 0.3)
    houses.push({ from: x, to: x + wide, high, seed: Math.floor(chance() * 1e6) })
    x += wide + (chance() < 0.25 ? 0.012 : 0)
  }
  return houses
}

function windowAt(light: Colour, { x, y, width }: { x: number; y: number; width: number }, seed: number): Colour {
  const step = 0.0085 + (seed % 5) * 0.0009
  const [i, j] = [Math.floor(x / step), Math.floor(y / (step * 1.25))]
  const [fx, fy] = [x / step - i, y / (step * 1.25) - j]
  if (fx < 0.25 || fx > 0.78 || fy < 0.22 || fy > 0.75 || x < step * 0.6 || x > width - step * 0.6 || y < step)
    return light
  const chance = scatter(i, j, seed) * 0.75 + scatter(0, j, seed + 1) * 0.25
  if (chance > 0.42) return [light[0] * 0.8, light[1] * 0.8, light[2] * 0.85]
  const tint = mix(colour('#ffb765'), colour('#cfe2ff'), smooth(0.7, 0.95, scatter(i, j, seed + 2)))
  const bright = 0.35 + 1.1 * scatter(i, j, seed + 3) ** 2
  return [tint[0] * bright, tint[1] * bright, tint[2] * bright]
}
