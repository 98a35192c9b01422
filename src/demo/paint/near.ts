import { chanceFrom, layered, noise } from './noise'
import { type Colour, clamp, colour, mix, type Picture, type Size, shade, smooth } from './picture'
import { lightOf, type Sky, sky } from './sky'

type Tree = { x: number; wide: number; lean: number; seed: number }

function treesOf(ratio: number, row: number, seed: number): Tree[] {
  const chance = chanceFrom(seed * 10 + row)
  const many = [19, 15, 10, 6, 3][row]!
  return Array.from({ length: many }, (_, i) => ({
    x: ((i + 0.1 + chance() * 0.8) / many) * ratio,
    wide: [0.0035, 0.006, 0.0105, 0.019, 0.034][row]! * (0.7 + chance() * 0.6),
    lean: (chance() - 0.5) * 0.08,
    seed: Math.floor(chance() * 1000),
  }))
}

export type Wood = { seed: number; mist: Colour; dark: Colour; floor: Colour; leaf: Colour; sun: number }

/** Trees that stand ever paler in the fog, and the light that falls between them. */
export function wood(size: Size, { seed, mist, dark, floor, leaf, sun }: Wood): Picture {
  const rows = [0, 1, 2, 3, 4].map((row) => treesOf(size.width / size.height, row, seed))
  return shade(size, (x, y, set) => {
    const beam = Math.exp(-(((x - sun) / 0.4) ** 2)) * (1.25 - y * 0.8)
    let light: Colour = [mist[0] * (0.45 + beam), mist[1] * (0.45 + beam * 0.9), mist[2] * (0.5 + beam * 0.66)]
    for (const [row, trees] of rows.entries()) {
      const near = (row + 1) / 5
      const foot = 0.64 + row * 0.07
      const path = smooth(0.02, 0.22 + y * 0.2, Math.abs(x - sun - (noise(y * 3, 1, seed) - 0.5) * 0.12))
      const ground =
        foot + (noise(x * (9 - row), row, seed) - 0.5) * 0.025 + (layered(x * 60, row, seed + 3, 3) - 0.5) * 0.025
      const crown =
        layered(x * (11 - row * 1.5) + row * 7, y * (10 - row), seed + row, 6) + smooth(0.42, -0.1, y) * 0.22
      if (y < foot) light = mix(light, mix(light, leaf, 0.25 + 0.55 * near), smooth(0.56, 0.68, crown) * 0.8)
      for (const { x: at, wide, lean, seed: bark } of trees) {
        const off = (x - at - lean * (y - foot) - (noise(y * 4, 0, bark) - 0.5) * wide) / (wide * (0.62 + 0.5 * y))
        if (off < -1.15 || off > 1.15 || y > foot + 0.03) continue
        const rough = 0.7 + 0.6 * layered(x * 160, y * 26, bark, 3)
        const side = at < sun ? smooth(0.2, 1, off) : smooth(-0.2, -1, off)
        const trunk = mix(dark, mist, 0.5 * side)
        light = mix(
          light,
          [trunk[0] * rough, trunk[1] * rough, trunk[2] * rough],
          (0.16 + 0.8 * near) * smooth(1.12, 0.86, Math.abs(off)),
        )
      }
      if (y > ground) {
        const moss = 0.55 + 0.9 * layered(x * 46, y * 60, seed + 4, 4)
        const lit = 0.35 + 0.85 * beam
        const earth = mix([floor[0] * 1.5, floor[1] * 1.25, floor[2] * 0.95], floor, path)
        light = mix(light, [earth[0] * moss * lit, earth[1] * moss * lit, earth[2] * moss * lit], 0.3 + 0.66 * near)
      }
    }
    return set(...light)
  })
}

/** The moon above thin clouds. */
export function moon(size: Size, seed: number, hour = 0): Picture {
  const ratio = size.width / size.height
  const [cx, cy, r] = [ratio * 0.52, 0.42, 0.2]
  const air: Sky = { colours: sky('#27324f', '#121a33', '#090d1d'), stars: { amount: 0.06, seed } }
  return shade(size, (x, y, set) => {
    const [dx, dy] = [(x - cx) / r, (y - cy) / r]
    const away = dx * dx + dy * dy
    let light = lightOf(air, x, y, 1.05 - y)
    const halo = Math.exp(-Math.sqrt(away) * 0.9) * 0.3
    light = [light[0] + halo * 0.8, light[1] + halo * 0.85, light[2] + halo]
    if (away < 1) {
      const dz = Math.sqrt(1 - away)
      const lit = clamp(dx * 0.78 + dz * 0.62 - dy * 0.12) ** 0.75
      const seas = smooth(0.44, 0.6, layered(dx * 1.9 + 7, dy * 1.9, seed, 5))
      const rays = layered(dx * 9, dy * 9, seed + 3, 5)
      const stone = (0.95 - seas * 0.42) * (0.72 + 0.5 * rays)
      const edge = smooth(1, 0.975, away)
      light = mix(light, [stone * lit * 1.35, stone * lit * 1.28, stone * lit * 1.15], edge)
    }
    const cloud =
      smooth(0.5, 0.85, layered(x * 2.2 + hour, y * 6 + hour * 0.4, seed + 30, 5)) * smooth(0.2, 0.8, y) * 0.9
    const glow = 0.05 + 0.3 * Math.exp(-Math.sqrt(away) * 0.7)
    return set(...mix(light, [glow * 0.9, glow * 0.95, glow * 1.15], cloud))
  })
}

/** A flower from near by: rings of petals, the inner ones on top of the outer ones. */
export function flower(
  size: Size,
  { seed, petal, heart, back }: { seed: number; petal: Colour; heart: Colour; back: Colour },
): Picture {
  const ratio = size.width / size.height
  const [cx, cy] = [ratio * 0.52, 0.5]
  return shade(size, (x, y, set) => {
    const blur = layered(x * 2.1, y * 2.1, seed, 3)
    let light: Colour = mix(
      [back[0] * 0.25, back[1] * 0.25, back[2] * 0.25],
      back,
      smooth(0.25, 0.8, blur + (1 - y) * 0.15),
    )
    const [dx, dy] = [x - cx, (y - cy) * 1.08]
    const [away, turn] = [Math.hypot(dx, dy), Math.atan2(dy, dx) / (2 * Math.PI) + 0.5]
    light = mix(light, [light[0] * 0.25, light[1] * 0.25, light[2] * 0.25], smooth(0.62, 0.4, away) * 0.8)
    for (let ring = 0; ring < 11; ring++) {
      const reach = 0.45 * (1 - ring / 11.5) ** 0.86 + 0.012
      const many = Math.round(21 - ring * 0.9)
      const place = turn * many + ring * 0.5
      for (const odd of [0, 0.5]) {
        const across = (place + odd - Math.floor(place + odd) - 0.5) * 2
        const which = (Math.floor(place + odd) % many) + ring * 31 + odd * 17
        const long = reach * (0.93 + 0.1 * noise(which * 3.7, ring, seed)) * (odd ? 0.96 : 1)
        const along = away / long
        const edge = (1 - along ** 3.2) * 1.02 - across * across * (0.75 + 0.3 * along)
        if (along > 1 || edge < 0) continue
        const fold = 1 - 0.45 * Math.exp(-Math.abs(across) * 5) * smooth(0.95, 0.4, along)
        const vein = 0.94 + 0.1 * noise(across * 9 + which, along * 2, seed + 5)
        const shadow = smooth(0.28, 1, along) * 0.85 + 0.12
        const sun = 0.72 + 0.42 * clamp(0.5 + 0.5 * Math.cos(turn * 2 * Math.PI - 4.1 + across * 0.6))
        const tone = mix(heart, petal, smooth(0.1, 0.9, along * 0.75 + (1 - ring / 11) * 0.35))
        const bright = fold * vein * shadow * sun * smooth(0, 0.07, edge + 0.02)
        light = [tone[0] * bright, tone[1] * bright, tone[2] * bright]
      }
    }
    return set(...light)
  })
}

/** A cup of coffee on a wooden table, from above. */
export function coffee(size: Size, seed: number): Picture {
  const ratio = size.width / size.height
  const [cx, cy, r] = [ratio * 0.5, 0.5, 0.25]
  const [dark, pale, china] = [colour('#5b3417'), colour('#b07a44'), colour('#f3efe8')]
  return shade(size, (x, y, set) => {
    const board = Math.floor(x * 3.3)
    const rings = layered(x * 22 + board * 9, y * 1.3 + board * 3, seed + board, 5)
    const fibre = layered(x * 150, y * 5, seed + 7, 3)
    let light: Colour = mix(dark, pale, clamp(rings * 0.95 + (fibre - 0.5) * 0.35 - 0.05))
    const seam = Math.abs(x * 3.3 - Math.round(x * 3.3))
    const shine = (0.55 + 0.75 * smooth(1.3, 0, Math.hypot(x, y))) * smooth(0, 0.012, seam)
    light = [light[0] * shine, light[1] * shine, light[2] * shine]
    const shadow = smooth(0.5, 0.3, Math.hypot(x - cx - 0.05, y - cy - 0.06))
    light = mix(light, [light[0] * 0.22, light[1] * 0.2, light[2] * 0.2], shadow)
    const [dx, dy] = [x - cx, y - cy]
    const away = Math.hypot(dx, dy)
    const lit = clamp(0.72 - (dx + dy) * 0.7)
    const handle = Math.max(Math.abs(Math.hypot(dx - 0.255, dy - 0.1) - 0.062) - 0.019, 0)
    if (away < 0.39) {
      const rim = 0.82 + 0.2 * smooth(0.375, 0.385, away) - 0.24 * smooth(0.31, 0.27, Math.hypot(dx - 0.03, dy - 0.035))
      light = mix(light, [china[0] * lit * rim, china[1] * lit * rim, china[2] * lit * rim], smooth(0.39, 0.387, away))
    }
    if (handle < 0.004)
      light = mix(light, [china[0] * lit, china[1] * lit, china[2] * lit * 0.98], smooth(0.004, 0, handle))
    if (away < r) {
      const wall = smooth(r, r - 0.02, away)
      const inner = clamp(0.62 + (dx + dy) * 0.9)
      light = mix(
        [china[0] * 0.95, china[1] * 0.94, china[2] * 0.92],
        [china[0] * inner * 0.8, china[1] * inner * 0.78, china[2] * inner * 0.74],
        wall,
      )
      if (away < r - 0.022) light = latte(dx / (r - 0.022), dy / (r - 0.022), seed)
    }
    return set(...light)
  })
}

function latte(x: number, y: number, seed: number): Colour {
  const [crema, milk, rim] = [colour('#a5622b'), colour('#f4e6cf'), colour('#6a3714')]
  const bend = (layered(x * 3, y * 3, seed, 4) - 0.5) * 0.1
  const leaf = Math.abs(x) * (1.25 + 0.6 * (y + 0.55)) + bend
  const stripes = Math.sin((y * 1.15 - Math.abs(x) * 0.9 + bend) * 21)
  const inside = smooth(0.66, 0.58, Math.hypot(leaf * 1.15, y * 0.92))
  const white = clamp(inside * smooth(-0.25, 0.25, stripes) * smooth(0.02, 0.06, Math.abs(x)))
  const foam = mix(crema, rim, smooth(0.72, 1, Math.hypot(x, y)))
  const bubbles = 0.94 + 0.12 * layered(x * 40, y * 40, seed + 2, 2)
  const light = mix(foam, milk, white * 0.95)
  return [light[0] * bubbles, light[1] * bubbles, light[2] * bubbles]
}
