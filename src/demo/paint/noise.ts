/** Smooth noise and numbers by chance. The same seed always gives the same ones, so every demo shows the same pictures. */

/** Numbers from 0 up to 1 (mulberry32). */
export type Chance = () => number

/** Numbers by chance, which are the same for the same seed. */
export function chanceFrom(seed: number): Chance {
  let state = seed * 0x9e3779b1
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A number from 0 up to 1 that depends on a point of the grid only. */
export function scatter(x: number, y: number, seed: number): number {
  let h = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296
}

/** Value noise: from 0 to 1, smooth between the points of the grid. */
export function noise(x: number, y: number, seed: number): number {
  const left = Math.floor(x)
  const top = Math.floor(y)
  const fx = x - left
  const fy = y - top
  const sx = fx * fx * fx * (fx * (fx * 6 - 15) + 10)
  const sy = fy * fy * fy * (fy * (fy * 6 - 15) + 10)
  const a = scatter(left, top, seed)
  const b = scatter(left + 1, top, seed)
  const c = scatter(left, top + 1, seed)
  const d = scatter(left + 1, top + 1, seed)
  return a + (b - a) * sx + (c - a) * sy + (a - b - c + d) * sx * sy
}

/** Layers of noise, each finer and weaker than the one before: clouds, water, stone. */
export function layered(x: number, y: number, seed: number, octaves: number): number {
  let sum = 0
  let weight = 1
  let whole = 0
  for (let i = 0; i < octaves; i++) {
    sum += noise(x, y, seed + i) * weight
    whole += weight
    weight *= 0.5
    // turned a little each time, so that the grids of the layers never lie on each other
    const turned = x * 1.62 - y * 1.18
    y = x * 1.18 + y * 1.62
    x = turned
  }
  return sum / whole
}

/** Adds up octaves like `layered`, but with sharp crests, like those of mountains. */
export function ridged(x: number, y: number, seed: number, octaves: number): number {
  let sum = 0
  let weight = 1
  let whole = 0
  let last = 1
  for (let i = 0; i < octaves; i++) {
    const crest = 1 - Math.abs(noise(x, y, seed + i) * 2 - 1)
    const part = crest * crest * last
    sum += part * weight
    whole += weight
    weight *= 0.52
    last = Math.min(1, part * 1.6)
    const turned = x * 1.62 - y * 1.18
    y = x * 1.18 + y * 1.62
    x = turned
  }
  return sum / whole
}
