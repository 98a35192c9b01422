import { type Colour, colour, mix, type Picture, type Size } from './picture'
import { box, column, long, type Point, photograph, type Stuff } from './solid'

const sheet = (from: string, to: string) => {
  const [low, high] = [colour(from), colour(to)]
  return (up: number): Colour => mix(low, high, Math.min(1, Math.max(0, up * 1.6 + 0.1)))
}

export type Hour = { sun: Point; light: Colour; sky: Colour; from: string; to: string }

export const noon: Hour = {
  sun: [0.55, 0.75, -0.35],
  light: [2.5, 2.25, 1.9],
  sky: [0.42, 0.55, 0.78],
  from: '#bcd6ea',
  to: '#3f7fc0',
}
export const evening: Hour = {
  sun: [0.8, 0.32, 0.18],
  light: [3.1, 1.9, 1],
  sky: [0.36, 0.4, 0.62],
  from: '#f6c9a0',
  to: '#5d78b0',
}

/** A row of arches in front of a wall, and their shadows on the floor. */
export function arcade(size: Size, hour: Hour, wall: string): Picture {
  const plaster: Stuff = { colour: colour(wall), rough: 0.16, seed: 4 }
  const floor: Stuff = { colour: colour('#c9b79c'), rough: 0.4, seed: 9 }
  return photograph(size, {
    solid(x, y, z) {
      const along = z - 2.2 * Math.round(z / 2.2)
      // an opening: a box with a half circle on it
      const hole = Math.min(Math.max(Math.abs(along) - 0.8, y - 1.9, -y - 1), Math.max(long(along, y - 1.9) - 0.8, -10))
      const screen = Math.max(Math.abs(x - 1.4) - 0.28, y - 3.6, -hole)
      const roof = box(x, y - 3.7, z, [1.75, 0.12, 40])
      const away = Math.min(screen, x + 1.5, roof)
      return Math.min(y, away)
    },
    stuff: (_, y) => (y < 0.025 ? floor : plaster),
    eye: [-0.7, 1.45, -5.2],
    at: [0.35, 1.75, 1.4],
    wide: 1.15,
    ...hour,
    behind: sheet(hour.from, hour.to),
    farthest: 34,
  })
}

/** Steps that lead up to an open sky between two walls. */
export function stairs(size: Size, hour: Hour, wall: string): Picture {
  const paint: Stuff = { colour: colour(wall), rough: 0.12, seed: 2 }
  const stone: Stuff = { colour: colour('#d8cdbb'), rough: 0.3, seed: 7 }
  const wallsAt = (x: number, y: number, z: number) =>
    Math.min(
      box(x + 2.1, y, z - 4, [0.5, 3.1, 6]),
      box(x - 2.4, y, z - 2.6, [0.6, 1.7, 2.6]),
      box(x - 1.3, y, z - 9, [0.9, 4.4, 0.9]),
    )
  return photograph(size, {
    solid(x, y, z) {
      const step = Math.floor(z / 0.42)
      let steps = z < -0.9 ? -z - 0.4 : 9
      for (let i = step - 1; steps > 1 && i <= step + 1; i++)
        if (i >= 0 && i < 13)
          steps = Math.min(steps, box(0, y - (i + 1) * 0.14 + 2, z - i * 0.42 - 3, [9, 2, 3], 0.012))
      const walls = wallsAt(x, y, z)
      return Math.min(steps, y, walls)
    },
    stuff: (x, y, z) => (wallsAt(x, y, z) < 0.025 ? paint : stone),
    eye: [0.35, 1.25, -4.2],
    at: [-0.15, 1.75, 4],
    wide: 1.05,
    ...hour,
    behind: sheet(hour.from, hour.to),
    farthest: 40,
  })
}

/** Columns of a court, from a low place. */
export function court(size: Size, hour: Hour, wall: string): Picture {
  const stone: Stuff = { colour: colour(wall), rough: 0.22, seed: 12 }
  const floor: Stuff = { colour: colour('#b9a98f'), rough: 0.35, shine: 0.12, seed: 5 }
  return photograph(size, {
    solid(x, y, z) {
      const along = z - 1.7 * Math.round(z / 1.7)
      const side = Math.abs(x) - 1.9
      const flute = 0.012 * Math.cos(Math.atan2(along, side) * 18)
      const shaft = Math.max(column(side, along, 0.27 - y * 0.012 + flute), y - 3.2)
      const base = box(side, y - 0.1, along, [0.4, 0.1, 0.4], 0.02)
      const head = box(side, y - 3.25, along, [0.42, 0.1, 0.42], 0.02)
      const beam = box(side, y - 3.75, z, [0.36, 0.38, 60], 0.01)
      const far = box(x, y, z - 17, [6, 3.4, 0.4])
      const solid = Math.min(shaft, base, head, beam, far)
      return Math.min(y, solid * 0.9)
    },
    stuff: (_, y) => (y < 0.025 ? floor : stone),
    eye: [0.25, 1.05, -3.4],
    at: [-0.05, 1.75, 4],
    wide: 1.2,
    ...hour,
    behind: sheet(hour.from, hour.to),
    farthest: 40,
  })
}

type Pot = { x: number; z: number; high: number; wide: number; shape: 'vase' | 'bowl' | 'fruit'; colour: string }

/** Pots and fruit on a table beside a window. */
export function table(size: Size, { cloth, wall, pots }: { cloth: string; wall: string; pots: Pot[] }): Picture {
  const stuff = pots.map((pot): Stuff => ({ colour: colour(pot.colour), rough: 0.14, shine: 0.5, seed: pot.high * 10 }))
  const top: Stuff = { colour: colour(cloth), rough: 0.2, seed: 3 }
  const back: Stuff = { colour: colour(wall), rough: 0.14, seed: 8 }
  return photograph(size, {
    solid(x, y, z) {
      let away = Math.min(y, 2.4 - z)
      for (const pot of pots) {
        const apart = long(x - pot.x, z - pot.z) - pot.wide - 0.15
        if (apart < away) away = Math.min(away, apart > 0.1 ? apart : potAt(pot, x, y, z))
      }
      return away * 0.85
    },
    stuff(x, y, z) {
      const near = pots.findIndex((pot) => potAt(pot, x, y, z) < 0.012)
      return stuff[near] ?? (y < 0.01 ? top : back)
    },
    eye: [0.05, 1.15, -3.1],
    at: [0, 0.52, 0.4],
    wide: 0.78,
    sun: [-0.85, 0.55, -0.35],
    light: [2.5, 2.05, 1.55],
    sky: [0.3, 0.33, 0.42],
    behind: sheet('#d9d2c4', '#d9d2c4'),
    hard: 7,
  })
}

function potAt({ x: px, z: pz, high, wide, shape }: Pot, x: number, y: number, z: number): number {
  const [dx, dz] = [x - px, z - pz]
  if (shape === 'fruit') return long(dx, (y - wide * 0.94) * 1.05, dz) - wide
  const part = Math.min(1, Math.max(0, y / high))
  const belly =
    shape === 'vase'
      ? wide * (0.62 + 0.42 * Math.sin(part * 2.6 + 0.35) - 0.62 * part ** 2.2 + 0.2 * part ** 9)
      : wide * (0.35 + 0.65 * part ** 0.55)
  const out = long(dx, dz)
  const inside = Math.abs(out - belly) - 0.018
  const wall = shape === 'bowl' ? Math.min(inside, Math.max(out - belly, y - 0.05)) : Math.max(inside, -1)
  const solid = part > 0.12 ? wall : out - belly
  return Math.max(solid, y - high, -y) * 0.62
}
