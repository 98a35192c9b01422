import { layered, noise, ridged } from './noise'
import { type Colour, clamp, mix, type Picture, type Size, shade, smooth } from './picture'
import { lightOf, type Sky } from './sky'

export type Land = {
  seed: number
  sky: Sky
  /** The heights are made of sharp crests, soft hills or dunes. */
  shape: 'peaks' | 'hills' | 'dunes'
  rise: number
  /** From the lowest to the highest ground, and on steep slopes. */
  ground: { low: Colour; high: Colour; steep: Colour; snow?: { colour: Colour; from: number } }
  /** Where the light comes from: to the right, to the front and up. */
  sun: readonly [number, number, number]
  light: Colour
  shadow: Colour
  fog: Colour
  /** How far one sees: 1 is clear air. */
  clear: number
  /** The height of a lake. */
  water?: number
  /** The height of the camera above the ground, and of the horizon in the picture. */
  camera?: number
  horizon?: number
  /** How far trees grow up. */
  trees?: number
}

const MAP = 1024
const STEPS = 900
const FARTHEST = 7

/** A landscape of a map of heights, drawn column by column from the front to the back. */
export function landscape(size: Size, land: Land): Picture {
  const heights = mapOf(land)
  const lit = lightsOf(heights, land)
  const horizon = land.horizon ?? 0.46
  const ratio = size.width / size.height
  const picture = shade(size, (x, y, set) => set(...lightOf(land.sky, x, y, (horizon - y) / horizon)))
  const eye = Math.max(heightAt(heights, 0.5, 0.02), land.water ?? 0) + (land.camera ?? 0.12)
  const { light } = picture
  for (let column = 0; column < size.width; column++) {
    const aim = ((column + 0.5) / size.height - ratio / 2) * 0.9
    let lowest = size.height
    for (let step = 1; step <= STEPS && lowest > 0; step++) {
      const far = 0.05 + (step / STEPS) ** 2 * FARTHEST
      const [u, v] = [0.5 + aim * far * 0.5, 0.02 + far * 0.5]
      const ground = heightAt(heights, u, v)
      const isWater = land.water !== undefined && ground < land.water
      const height = isWater ? land.water! : ground
      const top = Math.max(0, Math.round((horizon - ((height - eye) / far) * 0.95) * size.height))
      if (top >= lowest) continue
      const here = isWater ? null : groundAt(land, lit, { u, v, height })
      const haze = 1 - Math.exp(-((far / (2.3 * land.clear)) ** 1.5))
      for (let row = top; row < lowest; row++) {
        const base = here ?? mirror(picture, { column, row, horizon }, land)
        const seen = mix(base, land.fog, haze)
        const at = (row * size.width + column) * 3
        light[at] = seen[0]
        light[at + 1] = seen[1]
        light[at + 2] = seen[2]
      }
      lowest = top
    }
  }
  return picture
}

function mapOf({ shape, seed, rise, trees }: Land): Float32Array {
  const heights = new Float32Array(MAP * MAP)
  for (let j = 0, at = 0; j < MAP; j++)
    for (let i = 0; i < MAP; i++, at++) {
      const [u, v] = [(i / MAP) * 4, (j / MAP) * 4]
      const away = smooth(0.0, 0.3, j / MAP)
      const valley = 0.25 + 0.75 * smooth(0.02, 0.3, Math.abs(i / MAP - 0.5 - (noise(v, 3, seed) - 0.5) * 0.3))
      let height = 0
      if (shape === 'peaks') height = ridged(u * 1.1, v * 1.1, seed, 8) * (0.35 + 0.65 * away) * valley
      else if (shape === 'hills') height = layered(u * 1.3, v * 1.3, seed, 7) ** 1.5 * (0.5 + 0.5 * away) * valley
      else height = duneAt(u, v, seed) * (0.5 + 0.5 * away)
      if (trees && height * rise < trees) height += (0.018 * treeAt(i, j, seed)) / rise
      heights[at] = height * rise
    }
  return heights
}

/** Crests that the wind has bent, steep on one side. */
function duneAt(u: number, v: number, seed: number): number {
  const bend = layered(u * 0.7, v * 0.7, seed, 3) * 2.4
  const phase = (v * 1.1 + u * 0.35 + bend) % 1
  const crest = phase < 0.72 ? (phase / 0.72) ** 1.4 : 1 - ((phase - 0.72) / 0.28) ** 0.9
  return crest * (0.35 + 0.8 * layered(u * 0.8, v * 0.8, seed + 9, 3)) + layered(u * 60, v * 14, seed + 3, 2) * 0.006
}

const treeAt = (i: number, j: number, seed: number) =>
  noise(i * 0.55, j * 0.55, seed + 50) * smooth(0.42, 0.6, layered(i * 0.012, j * 0.012, seed + 51, 4))

function heightAt(heights: Float32Array, u: number, v: number): number {
  const [x, y] = [wrap(u) * MAP, wrap(v) * MAP]
  const [i, j] = [Math.floor(x), Math.floor(y)]
  const [fx, fy] = [x - i, y - j]
  const at = (a: number, b: number) => heights[(b & (MAP - 1)) * MAP + (a & (MAP - 1))]!
  return (at(i, j) * (1 - fx) + at(i + 1, j) * fx) * (1 - fy) + (at(i, j + 1) * (1 - fx) + at(i + 1, j + 1) * fx) * fy
}

/** The map goes on as its own mirror, so that there is no edge in it. */
function wrap(value: number): number {
  const part = Math.abs(value) % 2
  return Math.min(0.9995, part < 1 ? part : 2 - part)
}

type Lit = { sun: Float32Array; steep: Float32Array }

/** How much sun reaches each place of the map, and how steep it is. */
function lightsOf(heights: Float32Array, { sun: [right, front, up], water }: Land): Lit {
  const [sun, steep] = [new Float32Array(MAP * MAP), new Float32Array(MAP * MAP)]
  const long = Math.hypot(right, front, up)
  const [dx, dy, dz] = [right / long, front / long, up / long]
  const scale = 2 / MAP // one place of the map, in the unit of heights
  for (let j = 0, at = 0; j < MAP; j++)
    for (let i = 0; i < MAP; i++, at++) {
      const east = heights[j * MAP + Math.min(MAP - 1, i + 1)]! - heights[j * MAP + Math.max(0, i - 1)]!
      const north = heights[Math.min(MAP - 1, j + 1) * MAP + i]! - heights[Math.max(0, j - 1) * MAP + i]!
      const [nx, ny, nz] = [-east / (2 * scale), -north / (2 * scale), 1]
      const size = Math.hypot(nx, ny, nz)
      steep[at] = 1 - nz / size
      const facing = Math.max(0, (nx * dx + ny * dy + nz * dz) / size)
      sun[at] = facing && facing * openTo(heights, i, j, { dx, dy, dz: dz * scale }, Math.max(heights[at]!, water ?? 0))
    }
  return { sun, steep }
}

/** Goes towards the sun, and looks whether something higher stands there. */
function openTo(
  heights: Float32Array,
  i: number,
  j: number,
  { dx, dy, dz }: { dx: number; dy: number; dz: number },
  height: number,
): number {
  let open = 1
  for (let step = 2; step < 160 && open > 0; step += 1 + step * 0.12) {
    const [a, b] = [Math.round(i + dx * step), Math.round(j + dy * step)]
    if (a < 0 || b < 0 || a >= MAP || b >= MAP) break
    const over = heights[b * MAP + a]! - (height + dz * step)
    open = Math.min(open, 1 - over / (0.004 + step * 0.00035))
  }
  return clamp(open)
}

type Spot = { u: number; v: number; height: number }

function groundAt({ ground, light, shadow, rise, seed, trees }: Land, lit: Lit, { u, v, height }: Spot): Colour {
  const [i, j] = [Math.floor(wrap(u) * MAP), Math.floor(wrap(v) * MAP)]
  const at = j * MAP + i
  const [sun, steep] = [lit.sun[at]!, lit.steep[at]!]
  const spots = layered(u * 90, v * 90, seed + 70, 4)
  let base = mix(ground.low, ground.high, clamp((height / rise) * 1.3 + (spots - 0.5) * 0.5))
  base = mix(base, ground.steep, smooth(0.12, 0.42, steep + (spots - 0.5) * 0.2))
  if (ground.snow) {
    const from = ground.snow.from + (spots - 0.5) * 0.12 + (layered(u * 14, v * 14, seed + 71, 3) - 0.5) * 0.16
    base = mix(base, ground.snow.colour, smooth(from, from + 0.05, height / rise) * smooth(0.52, 0.3, steep))
  }
  if (trees && height < trees + 0.02) {
    const wood = smooth(0.15, 0.5, treeAt(i, j, seed))
    base = mix(base, [base[0] * 0.28, base[1] * 0.34, base[2] * 0.3], wood)
  }
  const bright = 0.72 + 0.5 * spots
  return [
    base[0] * (light[0] * sun + shadow[0]) * bright,
    base[1] * (light[1] * sun + shadow[1]) * bright,
    base[2] * (light[2] * sun + shadow[2]) * bright,
  ]
}

type Mirror = { column: number; row: number; horizon: number }

/** Water shows what stands on the other shore, upside down and moved by small waves. */
function mirror({ width, height, light }: Picture, { column, row, horizon }: Mirror, land: Land): Colour {
  const [x, y] = [column / height, row / height]
  const depth = y - horizon
  const wave = (layered(x * 7, 2.4 / (depth + 0.03), land.seed + 80, 4) - 0.5) * (0.002 + depth * 0.045)
  const from = Math.round((horizon - depth * 0.92 + wave) * height)
  const across = Math.round(column + wave * height * 0.3)
  const at = (clamp(from, 0, height - 1) * width + clamp(across, 0, width - 1)) * 3
  const dark = clamp(0.82 - depth * 0.5)
  return [light[at]! * dark * 0.92, light[at + 1]! * dark * 0.96, light[at + 2]! * dark]
}
