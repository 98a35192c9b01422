import { scatter } from './noise'

export type Size = { width: number; height: number }
/** Red, green and blue as amounts of light: 1 is white, and more is brighter than the picture can show. */
export type Colour = readonly [red: number, green: number, blue: number]
/** Sets the colour of a pixel. `x` goes from 0 to the ratio of width to height, `y` from 0 at the top to 1. */
export type Shader = (x: number, y: number, set: (red: number, green: number, blue: number) => void) => void

export type Picture = Size & { light: Float32Array }

/** Paints a picture by asking a shader for the middle of each pixel, row by row. */
export function shade({ width, height }: Size, shader: Shader): Picture {
  const light = new Float32Array(width * height * 3)
  let at = 0
  const set = (red: number, green: number, blue: number) => {
    light[at] = red
    light[at + 1] = green
    light[at + 2] = blue
  }
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++, at += 3) shader((column + 0.5) / height, (row + 0.5) / height, set)
  return { width, height, light }
}

/** The light of a colour as it is written in style sheets. */
export function colour(hex: string): Colour {
  const value = (from: number) => (Number.parseInt(hex.slice(from, from + 2), 16) / 255) ** 2.2
  return [value(1), value(3), value(5)]
}

/** The colour between two others: `from` where `part` is 0, and `to` where it is 1. */
export const mix = (from: Colour, to: Colour, part: number): Colour => [
  from[0] + (to[0] - from[0]) * part,
  from[1] + (to[1] - from[1]) * part,
  from[2] + (to[2] - from[2]) * part,
]

export const clamp = (value: number, least = 0, most = 1) => Math.min(most, Math.max(least, value))

/** 0 below `from`, 1 above `to`, and smooth between them. */
export function smooth(from: number, to: number, value: number): number {
  const part = clamp((value - from) / (to - from))
  return part * part * (3 - 2 * part)
}

/** The colour at `part` of a row of colours. */
export function among(colours: readonly Colour[], part: number): Colour {
  const place = clamp(part) * (colours.length - 1)
  const at = Math.min(colours.length - 2, Math.floor(place))
  return mix(colours[at]!, colours[at + 1]!, place - at)
}

export type Film = { grain?: number; vignette?: number; exposure?: number; seed?: number }

/** Develops the picture into bytes: bright light rolls off like on film, the corners darken, and there is grain. */
export function develop({ width, height, light }: Picture, film: Film = {}): Uint8Array {
  const { grain = 0.016, vignette = 0.32, exposure = 1, seed = 1 } = film
  const bytes = new Uint8Array(width * height * 3)
  for (let row = 0, at = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const [dx, dy] = [column / width - 0.5, row / height - 0.5]
      const corner = 1 - vignette * (dx * dx + dy * dy) * 1.7
      const speck = (scatter(column, row, seed) + scatter(column, row, seed + 7) - 1) * grain
      for (let channel = 0; channel < 3; channel++, at++) {
        const value = Math.max(0, light[at]! * exposure * corner)
        bytes[at] = clamp(curve(value) + speck) * 255 + 0.5
      }
    }
  return bytes
}

/** The curve of film (Narkowicz' fit of ACES), brought to the brightness of a screen. */
function curve(value: number): number {
  const v = value * 0.72
  return clamp((v * (2.51 * v + 0.03)) / (v * (2.43 * v + 0.59) + 0.14)) ** (1 / 2.2)
}
