import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'

// A test of the media worker that ran in this process before may have blocked SVG.
sharp.unblock({ operation: ['VipsForeignLoadSvg'] })

/** Invented pictures. They are generated from numbers, so each seed always gives the same picture. */
type Size = { width: number; height: number }
type Painter = (size: Size, chance: () => number) => string

/** A small Lehmer generator: the same seed paints the same picture. */
function chanceFrom(seed: number) {
  let state = (seed * 7919 + 12345) % 2147483647
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

const sky = (stops: string[], id = 'sky') =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stops
    .map((colour, i) => `<stop offset="${i / (stops.length - 1)}" stop-color="${colour}"/>`)
    .join('')}</linearGradient>`

const blend = (from: number[], to: number[], part: number) =>
  `rgb(${from.map((value, i) => Math.round(value + ((to[i] ?? 0) - value) * part)).join()})`

/** A closed hilly outline from edge to edge, made of waves that get lower and more frequent. */
function ridge({ width, height }: Size, y: number, rise: number, chance: () => number, octaves = 5) {
  const waves = Array.from({ length: octaves }, (_, i) => ({
    often: 1.3 * 2 ** i,
    high: rise / 1.8 ** i,
    at: chance() * 7,
  }))
  const points = Array.from({ length: 161 }, (_, i) => {
    const x = i / 160
    const up = waves.reduce((sum, { often, high, at }) => sum + high * Math.sin(often * x * 4 + at), 0)
    return `${(x * width).toFixed(1)},${(y - up).toFixed(1)}`
  })
  return `M0,${height} L${points.join(' L')} L${width},${height} Z`
}

const mountains = (colours: { sky: string[]; far: number[]; near: number[]; sun: string }): Painter => {
  return (size, chance) => {
    const { width, height } = size
    const [x, y] = [width * (0.25 + chance() * 0.5), height * 0.36]
    const layers = Array.from({ length: 6 }, (_, i) => {
      const part = i / 5
      const path = ridge(size, height * (0.5 + part * 0.38), height * 0.055 * (1.3 - part * 0.6), chance, 4 + (i % 3))
      return `<path d="${path}" fill="${blend(colours.far, colours.near, part ** 0.8)}"/>`
    })
    return `<defs>${sky(colours.sky)}
      <radialGradient id="glow"><stop offset="0" stop-color="${colours.sun}" stop-opacity=".85"/>
      <stop offset="1" stop-color="${colours.sun}" stop-opacity="0"/></radialGradient></defs>
      <rect width="100%" height="100%" fill="url(#sky)"/>
      <circle cx="${x}" cy="${y}" r="${height * 0.42}" fill="url(#glow)"/>
      <circle cx="${x}" cy="${y}" r="${height * 0.055}" fill="${colours.sun}"/>
      ${layers.join('')}`
  }
}

const sea: Painter = ({ width, height }, chance) => {
  const horizon = height * 0.46
  const glints = Array.from({ length: 420 }, () => {
    const depth = chance() ** 1.6
    const y = horizon + depth * (height - horizon)
    const x = width / 2 + (chance() - 0.5) * width * (0.12 + depth * 0.9)
    const long = width * (0.006 + depth * 0.05 * chance())
    return `<rect x="${x}" y="${y}" width="${long}" height="${1 + depth * height * 0.004}" rx="2"
      fill="#fff1d6" opacity="${0.12 + chance() * 0.5}"/>`
  })
  return `<defs>${sky(['#27406b', '#7d86a8', '#e8b49a', '#ffdcae'])}
    ${sky(['#e2b79c', '#53708c', '#1a3350', '#0c1d33'], 'water')}</defs>
    <rect width="${width}" height="${horizon}" fill="url(#sky)"/>
    <circle cx="${width / 2}" cy="${horizon - height * 0.07}" r="${height * 0.05}" fill="#fff3da"/>
    <rect y="${horizon}" width="${width}" height="${height - horizon}" fill="url(#water)"/>${glints.join('')}`
}

const dunes: Painter = (size, chance) => {
  const { height } = size
  const folds = Array.from({ length: 5 }, (_, i) => {
    const lit = [`#f2c48d`, `#e5a468`, `#cf8148`, `#a95c33`, `#6d3722`][i]
    return `<path d="${ridge(size, height * (0.44 + i * 0.12), height * 0.05, chance, 2)}" fill="${lit}"/>`
  })
  return `<defs>${sky(['#3f7fa3', '#9cc3cc', '#f3dfc0'])}</defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>${folds.join('')}`
}

const city: Painter = ({ width, height }, chance) => {
  const rows = [0, 1, 2].map((row) => {
    const houses: string[] = []
    for (let x = -20; x < width; ) {
      const [w, h] = [width * (0.05 + chance() * 0.07), height * (0.2 + chance() * 0.28 - row * 0.05)]
      const top = height - h - height * (0.18 - row * 0.09)
      houses.push(
        `<rect x="${x}" y="${top}" width="${w + 1}" height="${height}"
          fill="${['#2c3560', '#1a2144', '#0c1027'][row]}"/>`,
      )
      const step = width * 0.014
      for (let wx = x + step * 0.6; wx < x + w - step * 0.7; wx += step)
        for (let wy = top + step; wy < height; wy += step * 1.5)
          if (chance() < 0.3 - row * 0.04)
            houses.push(
              `<rect x="${wx}" y="${wy}" width="${step * 0.48}" height="${step * 0.7}"
                fill="${chance() < 0.75 ? '#ffcf87' : '#9fd4ff'}" opacity="${0.4 + chance() * 0.6}"/>`,
            )
      x += w + width * 0.004
    }
    return houses.join('')
  })
  return `<defs>${sky(['#0d1030', '#3a2a68', '#a8466f', '#f08a5d'])}</defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>${rows.join('')}`
}

const forest: Painter = ({ width, height }, chance) => {
  const rows = Array.from({ length: 5 }, (_, row) => {
    const trees = Array.from({ length: 26 - row * 3 }, () => {
      const [x, h] = [chance() * width, height * (0.2 + row * 0.075) * (0.7 + chance() * 0.6)]
      const foot = height * (0.62 + row * 0.1)
      const w = h * 0.2
      return [0, 0.24, 0.46]
        .map(
          (from, i) =>
            `<path d="M${x},${foot - h * (1 - from)} l${w * (0.5 + i * 0.25)},${h * 0.38}
              h${-2 * w * (0.5 + i * 0.25)} z"/>`,
        )
        .join('')
    })
    const colour = blend([176, 196, 192], [14, 34, 30], row / 4)
    return `<g fill="${colour}">
      <rect y="${height * (0.6 + row * 0.1)}" width="${width}" height="${height}"/>${trees.join('')}</g>`
  })
  return `<defs>${sky(['#e9eee6', '#c9d6d2', '#aec1bf'])}</defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>${rows.join('')}`
}

const bowls: Painter = ({ width, height }, chance) => {
  const tones = ['#c8553d', '#f28f3b', '#588b8b', '#ffd5c2', '#2d3047', '#e0d3b8']
  const shapes = Array.from({ length: 6 }, (_, i) => {
    const r = Math.min(width, height) * (0.12 + chance() * 0.13)
    const [x, y] = [width * (0.16 + (i % 3) * 0.34), height * (0.3 + Math.floor(i / 3) * 0.4)]
    const shade = `<ellipse cx="${x + r * 0.32}" cy="${y + r * 0.4}" rx="${r * 1.06}" ry="${r}"
      fill="#3b2a1d" opacity=".28" filter="url(#soft)"/>`
    return `${shade}<circle cx="${x}" cy="${y}" r="${r}" fill="${tones[i]}"/>
      <circle cx="${x}" cy="${y}" r="${r * 0.8}" fill="#000" opacity=".16"/>
      <circle cx="${x - r * 0.06}" cy="${y - r * 0.05}" r="${r * 0.74}" fill="${tones[i]}"/>`
  })
  return `<defs>${sky(['#efe4d2', '#d8c4a6'])}
    <filter id="soft"><feGaussianBlur stdDeviation="${width * 0.012}"/></filter></defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>${shapes.join('')}`
}

const scenes = {
  dawn: mountains({
    sky: ['#33507d', '#8f86b3', '#f3a683', '#fbd9a5'],
    far: [222, 160, 150],
    near: [34, 28, 58],
    sun: '#fff0cf',
  }),
  glacier: mountains({
    sky: ['#7fb2d9', '#c4e0ee', '#f4f6f2'],
    far: [190, 214, 228],
    near: [28, 62, 88],
    sun: '#ffffff',
  }),
  moss: mountains({ sky: ['#d9e2c5', '#eef0d9'], far: [178, 196, 150], near: [22, 48, 30], sun: '#fffbe0' }),
  sea,
  dunes,
  city,
  forest,
  bowls,
} satisfies Record<string, Painter>

export type Scene = keyof typeof scenes

type Options = Partial<Size> & { seed?: number }

function draw(scene: Scene, { width = 1200, height = 1500, seed = 1 }: Options) {
  const drawn = scenes[scene]({ width, height }, chanceFrom(seed))
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`
  return { width, height, svg: `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${drawn}</svg>` }
}

/** A painted scene with camera grain. */
export const paint = (scene: Scene, options: Options = {}): Sharp => withGrain(draw(scene, options))

function withGrain({ width, height, svg }: ReturnType<typeof draw>): Sharp {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 9 }
  const grain = { create: { width, height, channels: 3 as const, background: '#808080', noise } }
  return sharp(Buffer.from(svg)).composite([{ input: grain, blend: 'soft-light' }])
}

/** Paintings outlive the process, because most test files need the same ones. One that is drawn in another way is another. */
const PAINTINGS = join(import.meta.dir, '../../dist/paintings')

/** A painting as a file of which there is no other, as of every photo. */
export async function jpeg(scene: Scene, options: Options = {}): Promise<Buffer> {
  const drawing = draw(scene, options)
  const path = join(PAINTINGS, `${Bun.hash(sharp.versions.vips + drawing.svg).toString(36)}.jpg`)
  if (!existsSync(path)) await keep(path, await withGrain(drawing).jpeg({ quality: 88 }).toBuffer())
  return withComment(readFileSync(path), crypto.randomUUID())
}

/** Moves the finished file into place, so that several processes may do this at once. */
async function keep(path: string, bytes: Buffer) {
  const unfinished = `${path}.${crypto.randomUUID()}`
  await Bun.write(unfinished, bytes)
  renameSync(unfinished, path)
}

function withComment(jpeg: Buffer, text: string): Buffer {
  const [start, comment] = [2, Buffer.from(`\xff\xfe\0${String.fromCharCode(2 + text.length)}${text}`, 'latin1')]
  return Buffer.concat([jpeg.subarray(0, start), comment, jpeg.subarray(start)])
}
