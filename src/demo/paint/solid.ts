import { layered } from './noise'
import { type Colour, clamp, mix, type Picture, type Size, shade, smooth } from './picture'

/** A place in space: to the right, up, and away from the camera. */
export type Point = readonly [number, number, number]

/** How far the nearest surface is from a place. */
export type Solid = (x: number, y: number, z: number) => number
export type Stuff = { colour: Colour; rough?: number; shine?: number; seed?: number }

export type Set = {
  solid: Solid
  /** The material of the surface at a place. */
  stuff: (x: number, y: number, z: number) => Stuff
  eye: Point
  at: Point
  /** The opening of the lens: more is wider. */
  wide: number
  /** Where the sun stands, its light, and what lights the shadows. */
  sun: Point
  light: Colour
  sky: Colour
  behind: (up: number) => Colour
  /** How blurred the edges of shadows are: less is softer. */
  hard?: number
  farthest?: number
}

const norm = ([x, y, z]: Point): Point => {
  const size = long(x, y, z)
  return [x / size, y / size, z / size]
}
const cross = (a: Point, b: Point): Point => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

/** Photographs things that are described by their distance (sphere tracing), with soft shadows. */
export function photograph(size: Size, set: Set): Picture {
  const ahead = norm([set.at[0] - set.eye[0], set.at[1] - set.eye[1], set.at[2] - set.eye[2]])
  const right = norm(cross([0, 1, 0], ahead))
  const up = cross(ahead, right)
  const ratio = size.width / size.height
  return shade(size, (x, y, put) => {
    const [a, b] = [(x - ratio / 2) * set.wide, (0.5 - y) * set.wide]
    const ray = norm([
      ahead[0] + right[0] * a + up[0] * b,
      ahead[1] + right[1] * a + up[1] * b,
      ahead[2] + right[2] * a + up[2] * b,
    ])
    put(...lightAlong(set, set.eye, ray))
  })
}

function lightAlong(set: Set, [ex, ey, ez]: Point, [rx, ry, rz]: Point): Colour {
  const farthest = set.farthest ?? 30
  let far = 0.02
  for (let step = 0; step < 110 && far < farthest; step++) {
    const x = ex + rx * far
    const y = ey + ry * far
    const z = ez + rz * far
    const away = set.solid(x, y, z)
    if (away < 0.0009 * far + 0.0006) {
      const lit = surface(set, [x, y, z], set.stuff(x, y, z), [rx, ry, rz])
      return mix(lit, set.behind(ry), smooth(farthest * 0.4, farthest, far) * 0.9)
    }
    far += away * 0.92
  }
  return set.behind(ry)
}

function surface(set: Set, [x, y, z]: Point, { colour, rough = 0, shine = 0, seed = 1 }: Stuff, ray: Point): Colour {
  const e = 0.0012
  const at = (dx: number, dy: number, dz: number) => set.solid(x + dx, y + dy, z + dz)
  const normal = norm([at(e, 0, 0) - at(-e, 0, 0), at(0, e, 0) - at(0, -e, 0), at(0, 0, e) - at(0, 0, -e)])
  const sun = norm(set.sun)
  const facing = Math.max(0, normal[0] * sun[0] + normal[1] * sun[1] + normal[2] * sun[2])
  const open = facing && facing * sunAt(set, [x + normal[0] * 0.004, y + normal[1] * 0.004, z + normal[2] * 0.004], sun)
  const shut = closeness(set, [x, y, z], normal)
  const grain = 1 + rough * (layered((x + z) * 9, (y + z * 0.7) * 9, seed, 5) - 0.5)
  const half = norm([sun[0] - ray[0], sun[1] - ray[1], sun[2] - ray[2]])
  const gloss =
    shine && open * shine * Math.max(0, normal[0] * half[0] + normal[1] * half[1] + normal[2] * half[2]) ** 40
  const above = 0.55 + 0.45 * normal[1]
  const bounce = Math.max(0, -normal[1]) * 0.25 + 0.12
  const channel = (i: 0 | 1 | 2) =>
    colour[i] * grain * (set.light[i] * open + set.sky[i] * shut * above + set.light[i] * bounce * shut * 0.3) +
    gloss * set.light[i]
  return [channel(0), channel(1), channel(2)]
}

/** How much of the sun reaches a place: what nearly touches the way to it makes the edge of the shadow soft. */
function sunAt({ solid, hard = 14 }: Set, [x, y, z]: Point, [sx, sy, sz]: Point): number {
  let [open, far] = [1, 0.02]
  for (let step = 0; step < 60 && far < 14; step++) {
    const away = solid(x + sx * far, y + sy * far, z + sz * far)
    if (away < 0.0008) return 0
    open = Math.min(open, (hard * away) / far)
    far += clamp(away, 0.015, 0.6)
  }
  return smooth(0, 1, open)
}

/** Corners get less light from the sky. */
function closeness({ solid }: Set, [x, y, z]: Point, [nx, ny, nz]: Point): number {
  let [shut, weight] = [0, 1]
  for (let i = 1; i <= 5; i++) {
    const far = 0.02 + 0.09 * i * i * 0.32
    shut += (far - solid(x + nx * far, y + ny * far, z + nz * far)) * weight
    weight *= 0.62
  }
  return clamp(1 - 1.5 * shut)
}

/** `Math.hypot` takes several times as long. */
export const long = (a: number, b: number, c = 0) => Math.sqrt(a * a + b * b + c * c)

/**
 * The distance of a point from a box around the origin, negative inside of it. `[a, b, c]` are half its sides, and
 * `round` is the radius of its edges.
 */
export function box(x: number, y: number, z: number, [a, b, c]: Point, round = 0): number {
  const dx = Math.abs(x) - a + round
  const dy = Math.abs(y) - b + round
  const dz = Math.abs(z) - c + round
  return long(Math.max(dx, 0), Math.max(dy, 0), Math.max(dz, 0)) + Math.min(Math.max(dx, dy, dz), 0) - round
}

/** The distance of a point from an upright column without ends, negative inside of it. */
export const column = (x: number, z: number, radius: number) => long(x, z) - radius
