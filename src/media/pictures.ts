import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import sharp, { type Sharp, type WebpOptions } from 'sharp'
import { sha256Of } from './hash'
import { LONGEST_SIDE, MAX_PLACEHOLDER_LENGTH } from './limits'
import { type Rendition, type RenditionName, renditionFile } from './renditions'
import { readable, shrink } from './still'

export type Picture = Omit<Rendition, 'bytes' | 'sha256'> & { bytes: Uint8Array }

/**
 * Encodes a picture as WebP. By default sharp writes no EXIF, XMP, IPTC or colour profile. More effort takes twice as
 * long and saves 2 % of the bytes; see docs/decisions/photos.md.
 */
export async function encode(picture: Sharp, options: WebpOptions = {}): Promise<Picture> {
  const { data, info } = await readable(
    picture.webp({ quality: 82, effort: 2, ...options }).toBuffer({ resolveWithObject: true }),
  )
  return { type: 'image/webp', width: info.width, height: info.pageHeight ?? info.height, bytes: data }
}

const BLURRED_QUALITIES = [60, 40, 20, 1]

/**
 * The largest part of a picture's side that its preview may have. Otherwise the preview of a small picture would show
 * everybody what others pay for.
 */
const MOST_OF_ITS_SIDE = 1 / 4

/**
 * Encodes the blurred preview, small enough to embed in pages. Noisy pictures need a lower quality. The size given is
 * that of the picture.
 */
export async function encodeBlurred(
  open: () => Sharp,
  { width, height }: { width: number; height: number },
): Promise<Picture> {
  const longest = Math.max(1, Math.min(LONGEST_SIDE.blurred, Math.floor(Math.max(width, height) * MOST_OF_ITS_SIDE)))
  for (const side of [longest, Math.ceil(longest / 2)]) {
    const { data, info } = await readable(shrink(open(), side).raw().toBuffer({ resolveWithObject: true }))
    for (const quality of BLURRED_QUALITIES) {
      const picture = await encode(sharp(data, { raw: info }), { quality, effort: 6 })
      if (dataUrl(picture).length <= MAX_PLACEHOLDER_LENGTH) return picture
    }
  }
  throw new Error('A picture of 16 pixels does not fit into a placeholder.')
}

/** The picture as an address that contains all its bytes. */
export const dataUrl = ({ type, bytes }: Picture) => `data:${type};base64,${Buffer.from(bytes).toString('base64')}`

/**
 * Writes the pictures into `output` and returns their properties. A picture with several names is written once, under
 * the first of them.
 */
export async function writePictures<N extends RenditionName>(
  output: string,
  pictures: Record<N, Picture>,
): Promise<Record<N, Rendition>> {
  const names = Object.keys(pictures) as N[]
  const written = names.map(async (name) => {
    const { bytes, ...about } = pictures[name]
    const rendition = { ...about, bytes: bytes.length, sha256: sha256Of(bytes) }
    const first = names.find((other) => pictures[other] === pictures[name])!
    if (first !== name) return [name, { ...rendition, sameAs: first }]
    const path = join(output, renditionFile(name))
    await mkdir(dirname(path), { recursive: true })
    await Bun.write(path, bytes)
    return [name, rendition]
  })
  return Object.fromEntries(await Promise.all(written))
}
