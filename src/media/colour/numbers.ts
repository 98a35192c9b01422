import { kindAt } from '../boxes'
import { readHeif } from '../heif'

/**
 * Numbers that name the colours of a picture instead of a profile: which red, green and blue are meant, and how
 * brightness is stored. They are those of ITU-T H.273, https://www.itu.int/rec/T-REC-H.273.
 */
export type ColourNumbers = { primaries: number; transfer: number }

/** The primaries of Display P3 (SMPTE EG 432-1), as phones take photos. */
export const DISPLAY_P3 = 12
/** The curve of sRGB (IEC 61966-2-1). */
export const SRGB_CURVE = 13
/** The curves of HDR: perceptual quantization (SMPTE ST 2084) and hybrid log-gamma (ARIB STD-B67). */
export const PQ = 16
export const HLG = 18

/** Pictures with these curves are brighter than ordinary screens can show. */
export const isHdr = ({ transfer }: ColourNumbers) => transfer === PQ || transfer === HLG

/** The primaries of sRGB, an unspecified kind, and those of old television, which are close to them. */
const USUAL_PRIMARIES = [1, 2, 5, 6, 7]
/** Curves that differ from that of sRGB. Browsers show the others, such as BT.709, as if they were sRGB. */
const OWN_CURVES = [4, 5, 8, PQ, HLG]

/** Whether the colours are those that every browser expects of a picture that says nothing about them. */
export const isUsual = ({ primaries, transfer }: ColourNumbers) =>
  USUAL_PRIMARIES.includes(primaries) && !OWN_CURVES.includes(transfer)

/**
 * Reads the colour numbers of a photo. Returns null when there are none, and for HEIC and AVIF also when they have a
 * colour profile, which takes precedence there. In PNG the numbers do: https://www.w3.org/TR/png-3/#11cICP.
 */
export async function readColourNumbers(path: string, type: string): Promise<ColourNumbers | null> {
  return type === 'image/png' ? colourNumbersInPng(Bun.file(path)) : isHeif(type) ? inHeif(path) : null
}

const isHeif = (type: string) => ['image/avif', 'image/heic', 'image/heif'].includes(type)

async function inHeif(path: string): Promise<ColourNumbers | null> {
  const heif = await readHeif(path)
  const colours = heif?.properties.filter(([kind, { byteLength }]) => kind === 'colr' && byteLength >= 4) ?? []
  const numbers = colours.find(([, content]) => kindAt(content, 0) === 'nclx' && content.byteLength >= 8)?.[1]
  const hasProfile = colours.some(([, content]) => ['prof', 'rICC'].includes(kindAt(content, 0)))
  return numbers && !hasProfile ? { primaries: numbers.getUint16(4), transfer: numbers.getUint16(6) } : null
}

/** The chunk stands before the pixels. Profiles before it may be long. */
const SEARCHED_BYTES = 4 * 1024 ** 2
const FIRST_CHUNK = 8

/** Reads the chunk cICP (PNG, 11.3.2.6), which names the colours by the numbers of ITU-T H.273. Null without one. */
export async function colourNumbersInPng(file: Blob): Promise<ColourNumbers | null> {
  for (let at = FIRST_CHUNK; at < SEARCHED_BYTES; ) {
    const head = new DataView(await file.slice(at, at + 12).arrayBuffer())
    if (head.byteLength < 12 || kindAt(head, 4) === 'IDAT') return null
    if (kindAt(head, 4) === 'cICP') return { primaries: head.getUint8(8), transfer: head.getUint8(9) }
    at += 12 + head.getUint32(0)
  }
  return null
}
