import { type ColourNumbers, HLG, isHdr, PQ } from './numbers'

/** Nine numbers that turn red, green and blue of one kind into those of another, row by row. */
export type Matrix = [number, number, number, number, number, number, number, number, number]

/** Turns linear light of other primaries into that of BT.709, which sRGB shares. All of them have the same white. */
const TO_BT709: Record<number, Matrix> = {
  9: [1.660491, -0.587641, -0.07285, -0.12455, 1.1329, -0.008349, -0.018151, -0.100579, 1.11873], // BT.2020
  11: [1.22494, -0.22494, 0, -0.042057, 1.042057, 0, -0.019638, -0.078636, 1.098274], // P3 of cinemas
  12: [1.22494, -0.22494, 0, -0.042057, 1.042057, 0, -0.019638, -0.078636, 1.098274], // Display P3
}

/** The numbers that turn the light of these primaries into that of sRGB. */
export const matrixOf = (primaries: number): Matrix | undefined => TO_BT709[primaries]

/** The brightness of white paper in candela per square metre, by ITU-R BT.2408. It becomes the linear light 1. */
const PAPER_WHITE = 203
/** The brightness of the screen for which HLG is defined, and its exponent, by ITU-R BT.2100. */
const HLG_SCREEN = 1000
const HLG_GAMMA = 1.2

/** The brightest light that is still told apart, as a multiple of white paper. ffmpeg assumes the same for videos. */
const PEAK = 10
/** Up to this light nothing is compressed. */
const KNEE = 0.3

/**
 * Converts pixels with the given colour numbers to sRGB with 8 bits per channel. Bright light is compressed as ffmpeg's
 * filter `tonemap=mobius` does it in videos: red, green and blue by the same factor, so that the hue stays.
 */
export function toSrgb(pixels: Uint8Array | Uint16Array, channels: number, numbers: ColourNumbers): Buffer {
  const most = pixels instanceof Uint16Array ? 0xffff : 0xff
  const linear = Float64Array.from({ length: most + 1 }, (_, value) => toLinear(value / most, numbers.transfer))
  const matrix = matrixOf(numbers.primaries)
  const isCompressed = isHdr(numbers)
  const light = new Float64Array(3)
  const out = Buffer.alloc(pixels.length)
  for (let at = 0; at < pixels.length; at += channels) {
    for (let i = 0; i < 3; i++) light[i] = linear[pixels[at + i]!]!
    if (numbers.transfer === HLG) showOnHlgScreen(light)
    if (matrix) multiply(light, matrix)
    if (isCompressed) {
      compress(light)
      mixWithGrey(light)
    }
    for (let i = 0; i < 3; i++) out[at + i] = encoded(light[i]!)
    if (channels === 4) out[at + 3] = most === 0xff ? pixels[at + 3]! : pixels[at + 3]! >> 8
  }
  return out
}

/** Converts linear light in place from one set of primaries to another. */
export function multiply(light: Float64Array, [a, b, c, d, e, f, g, h, i]: Matrix) {
  const [red, green, blue] = light as unknown as [number, number, number]
  light[0] = a * red + b * green + c * blue
  light[1] = d * red + e * green + f * blue
  light[2] = g * red + h * green + i * blue
}

function scale(light: Float64Array, factor: number) {
  for (let i = 0; i < 3; i++) light[i]! *= factor
}

/** HLG stores the light in front of the camera. A screen shows bright parts relatively brighter. */
function showOnHlgScreen(light: Float64Array) {
  const brightness = 0.2627 * light[0]! + 0.678 * light[1]! + 0.0593 * light[2]! // of BT.2020
  scale(light, (brightness ** (HLG_GAMMA - 1) * HLG_SCREEN) / PAPER_WHITE)
}

const MOBIUS_A = (-KNEE * KNEE * (PEAK - 1)) / (KNEE * KNEE - 2 * KNEE + PEAK)
const MOBIUS_B = (KNEE * KNEE - 2 * KNEE * PEAK + PEAK) / (PEAK - 1)
const MOBIUS_FACTOR = (MOBIUS_B * MOBIUS_B + 2 * MOBIUS_B * KNEE + KNEE * KNEE) / (MOBIUS_B - MOBIUS_A)

/** Applies the Möbius function that continues the identity at the knee with the same slope, and is 1 at the peak. */
function compress(light: Float64Array) {
  const strongest = Math.max(light[0]!, light[1]!, light[2]!)
  if (strongest > KNEE) scale(light, (MOBIUS_FACTOR * (strongest + MOBIUS_A)) / (strongest + MOBIUS_B) / strongest)
}

/** Mixes a colour that sRGB does not have with grey of the same brightness until sRGB has it. */
function mixWithGrey(light: Float64Array) {
  const weakest = Math.min(light[0]!, light[1]!, light[2]!)
  if (weakest >= 0) return
  const grey = 0.2126 * light[0]! + 0.7152 * light[1]! + 0.0722 * light[2]! // of BT.709
  const part = grey > 0 ? grey / (grey - weakest) : 1
  for (let i = 0; i < 3; i++) light[i] = grey + (light[i]! - grey) * part
}

/** The linear light of a stored value between 0 and 1. */
export function toLinear(value: number, transfer: number): number {
  if (transfer === PQ) return pq(value)
  if (transfer === HLG)
    return value <= 0.5 ? value ** 2 / 3 : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12
  if (transfer === 4) return value ** 2.2
  if (transfer === 5) return value ** 2.8
  if (transfer === 8) return value
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

/** SMPTE ST 2084. */
function pq(value: number): number {
  const root = value ** (1 / 78.84375)
  const light = (Math.max(0, root - 0.8359375) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125)
  return (light * 10_000) / PAPER_WHITE
}

const STEPS = 0xffff

/** The sRGB value of each step of linear light. */
const SRGB = Uint8Array.from({ length: STEPS + 1 }, (_, step) => {
  const light = step / STEPS
  return Math.round(255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055))
})

/** The 8-bit sRGB value of linear light from 0 to 1; what is outside is cut off. */
export const encoded = (light: number) => SRGB[light <= 0 ? 0 : light >= 1 ? STEPS : Math.round(light * STEPS)]!
