import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Sharp } from 'sharp'
import { BadMedia } from './errors'
import { LONGEST_SIDE, MAX_PLACEHOLDER_LENGTH } from './limits'
import { decodeStill, type Original, openOriginal, readable, shrink } from './original'
import { type ImageResult, type ImageTask, type Rendition, type RenditionName, renditionFile } from './renditions'
import { SNIFF_BYTES, sniff } from './sniff'

type Picture = Omit<Rendition, 'bytes'> & { bytes: Uint8Array }

/** Makes the renditions of one photo, all WebP. Progress runs from 0 to 1. */
export async function makeRenditions({ input, output }: ImageTask, progress: (done: number) => void): Promise<ImageResult> {
  const sniffed = sniff(await Bun.file(input).slice(0, SNIFF_BYTES).bytes())
  if (!sniffed) throw new BadMedia('unsupported')
  const sha256 = await sha256Of(input)
  progress(0.05)
  const original = await openOriginal(input, sniffed.type)
  progress(0.2)
  const pictures = await (original.animated ? animation : still)(original, progress)
  const names = Object.keys(pictures) as RenditionName[]
  await Promise.all(names.map((name) => write(join(output, renditionFile(name)), pictures[name].bytes)))
  progress(1)
  const { width, height, animated } = original
  const placeholder = dataUrl(pictures.blurred)
  const renditions = Object.fromEntries(names.map((name) => [name, { ...pictures[name], bytes: pictures[name].bytes.length }]))
  return { width, height, type: sniffed.type, animated, sha256, placeholder, renditions: renditions as ImageResult['renditions'] }
}

type Pictures = Record<RenditionName, Picture>

/** The original is decoded once, at the size of the largest rendition (a JPEG does part of the shrinking while it is decoded). */
async function still(original: Original, progress: (done: number) => void): Promise<Pictures> {
  const decoded = await decodeStill(original, LONGEST_SIDE.full)
  progress(0.5)
  const fits = Math.max(original.width, original.height) <= LONGEST_SIDE.feed
  const [full, feed, thumb, blurred] = await Promise.all([
    encode(decoded.open()),
    fits ? null : encode(shrink(decoded.open(), LONGEST_SIDE.feed)),
    encode(shrink(decoded.open(), LONGEST_SIDE.thumb)),
    encodeBlurred(decoded.open),
  ])
  return { full, feed: feed ?? full, thumb, blurred }
}

/** The grid of thumbs stays calm: only the larger renditions move. */
async function animation(original: Original, progress: (done: number) => void): Promise<Pictures> {
  const firstFrame = await decodeStill(original, LONGEST_SIDE.thumb)
  const thumb = await encode(firstFrame.open())
  const blurred = await encodeBlurred(firstFrame.open)
  const full = await encode(shrink(original.openAnimation(), LONGEST_SIDE.full))
  progress(0.6)
  const fits = Math.max(original.width, original.height) <= LONGEST_SIDE.feed
  const feed = fits ? full : await encode(shrink(original.openAnimation(), LONGEST_SIDE.feed))
  return { full, feed, thumb, blurred }
}

/** Without being told to keep them, sharp writes no EXIF, XMP, IPTC or colour profile. */
async function encode(picture: Sharp, options: { quality: number; effort: number } = { quality: 82, effort: 4 }): Promise<Picture> {
  const { data, info } = await readable(picture.webp(options).toBuffer({ resolveWithObject: true }))
  return { type: 'image/webp', width: info.width, height: info.pageHeight ?? info.height, bytes: data }
}

const BLURRED_QUALITIES = [60, 40, 20, 1]

/** Small enough to travel inside pages; with strong noise in it only the coarser qualities are. */
async function encodeBlurred(open: () => Sharp): Promise<Picture> {
  for (const longest of [LONGEST_SIDE.blurred, LONGEST_SIDE.blurred / 2])
    for (const quality of BLURRED_QUALITIES) {
      const picture = await encode(shrink(open(), longest), { quality, effort: 6 })
      if (dataUrl(picture).length <= MAX_PLACEHOLDER_LENGTH) return picture
    }
  throw new Error('A picture of 16 pixels does not fit into a placeholder.')
}

const dataUrl = ({ type, bytes }: Picture) => `data:${type};base64,${Buffer.from(bytes).toString('base64')}`

async function sha256Of(path: string) {
  const hash = new Bun.CryptoHasher('sha256')
  for await (const chunk of Bun.file(path).stream()) hash.update(chunk)
  return hash.digest('hex')
}

async function write(path: string, bytes: Uint8Array) {
  await mkdir(dirname(path), { recursive: true })
  await Bun.write(path, bytes)
}
