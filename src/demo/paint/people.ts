import { layered } from './noise'
import { type Colour, clamp, colour, mix, type Picture, type Size, shade, smooth } from './picture'
import { lightOf, type Sky } from './sky'

export type Hair = 'short' | 'long' | 'bun' | 'hat' | 'curls' | 'cap'

export type Figure = { air: Sky; hair: Hair; seed: number; dark?: Colour; rim?: Colour; x?: number; big?: number }

/** A person in front of the light, of whom one sees the outline. */
export function figure(
  size: Size,
  { air, hair, seed, dark = colour('#120f18'), rim = colour('#ffd9a8'), x: place = 0.5, big = 1 }: Figure,
): Picture {
  const ratio = size.width / size.height
  return shade(size, (x, y, set) => {
    const light = lightOf(air, x, y, 1 - y)
    const [u, v] = [(x - ratio * place) / big, (y - 1) / big + 1]
    const inside = outline(u, v, hair, seed)
    const edge = smooth(0.003, -0.003, inside)
    const glow = smooth(-0.016, 0.004, inside) * clamp(0.35 + 0.9 * (light[0] + light[1]) * 0.3)
    const cloth = 0.8 + 0.5 * layered(x * 30, y * 30, seed, 4)
    const lit: Colour = mix([dark[0] * cloth, dark[1] * cloth, dark[2] * cloth], rim, glow * 0.55)
    return set(...mix(light, lit, edge))
  })
}

/** The distance to the outline, less than 0 inside. */
function outline(x: number, y: number, hair: Hair, seed: number): number {
  const lean = (seed % 3) * 0.012 - 0.012
  const [hx, hy] = [x - lean, y - 0.43]
  const face = Math.hypot(hx / 0.82, hy / 1.12) - 0.148
  const neck = Math.max(Math.abs(x) - 0.068 - Math.max(0, y - 0.6) * 0.5, 0.4 - y, y - 0.8)
  const shoulders = (Math.hypot(x / 0.37, Math.max(0, 1.02 - y) / 0.33) - 1) * 0.33
  return blend(Math.min(blend(face, neck, 0.03), hairAt(hx, hy, hair, seed)), shoulders, 0.06)
}

function hairAt(x: number, y: number, hair: Hair, seed: number): number {
  const crown = Math.hypot(x, (y + 0.03) * 0.95) - 0.158
  const strands = (layered(x * 40, y * 14, seed, 3) - 0.5) * 0.012
  if (hair === 'long') {
    const fall = Math.max(Math.abs(x) - 0.155 - 0.05 * clamp(y + 0.1), -y - 0.05, y - 0.33)
    return Math.min(crown, fall) + strands
  }
  if (hair === 'bun') return Math.min(crown, Math.hypot(x - 0.05, y + 0.215) - 0.066) + strands
  if (hair === 'curls') return Math.hypot(x, (y + 0.03) * 0.96) - 0.19 + (layered(x * 22, y * 22, seed, 2) - 0.5) * 0.06
  if (hair === 'hat') {
    const brim = Math.hypot(x / 2.1, (y + 0.095) * 3.2) - 0.125
    const top = Math.max(Math.hypot(x, (y + 0.1) * 0.9) - 0.15, y + 0.09)
    return Math.min(brim * 0.6, top)
  }
  if (hair === 'cap') {
    const top = Math.max(Math.hypot(x, y + 0.03) - 0.163, y + 0.045)
    return Math.min(top, Math.hypot((x - 0.15) / 1.7, (y + 0.055) * 3) - 0.07)
  }
  return crown + strands
}

/** The union of two shapes with a rounded corner between them. */
function blend(a: number, b: number, soft: number): number {
  const part = clamp(0.5 + (0.5 * (b - a)) / soft)
  return b + (a - b) * part - soft * part * (1 - part)
}
