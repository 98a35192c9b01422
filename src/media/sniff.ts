export type Sniffed = { type: string; kind: 'image' }

/** How many bytes of the beginning `sniff` wants to see; fewer are fine when the file is shorter. */
export const SNIFF_BYTES = 128

const image = (type: string): Sniffed => ({ type, kind: 'image' })

const startsWith = (head: Uint8Array, ...bytes: number[]) => bytes.every((byte, i) => head[i] === byte)
const text = (head: Uint8Array, from: number, to: number) => String.fromCharCode(...head.subarray(from, to))

/** What a file is by its first bytes, or null when it is nothing we take. Names and claimed types are never asked. */
export function sniff(head: Uint8Array): Sniffed | null {
  if (startsWith(head, 0xff, 0xd8, 0xff)) return image('image/jpeg')
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return image('image/png')
  if (/^GIF8[79]a/.test(text(head, 0, 6))) return image('image/gif')
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WEBP') return image('image/webp')
  if (startsWith(head, 0x49, 0x49, 0x2a, 0x00) || startsWith(head, 0x4d, 0x4d, 0x00, 0x2a)) return image('image/tiff')
  if (text(head, 4, 8) === 'ftyp') return sniffBrands(head)
  return null
}

const AVIF = ['avif', 'avis']
const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']
const HEIF = ['mif1', 'mif2', 'msf1']

/** ISO base media files say in their first box what they are; most phones put the codec's brand first, some a general one. */
function sniffBrands(head: Uint8Array): Sniffed | null {
  const size = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0)
  const major = text(head, 8, 12)
  const brands = [major]
  for (let at = 16; at + 4 <= Math.min(size, head.length); at += 4) brands.push(text(head, at, at + 4))
  const isStill = [...AVIF, ...HEIC, ...HEIF].includes(major) // an MP4 may name mif1 among its others
  if (!isStill) return null
  if (brands.some((brand) => AVIF.includes(brand))) return image('image/avif')
  if (brands.some((brand) => HEIC.includes(brand))) return image('image/heic')
  return image('image/heif')
}
