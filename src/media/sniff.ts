export type Sniffed = { type: string; kind: 'image' | 'video' }

/** How many bytes of the beginning `sniff` wants to see; fewer are fine when the file is shorter. */
export const SNIFF_BYTES = 1024

const image = (type: string): Sniffed => ({ type, kind: 'image' })
const video = (type: string): Sniffed => ({ type, kind: 'video' })

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
  return sniffVideo(head)
}

/** Boxes a QuickTime file without a first box that says what it is may begin with. */
const QUICKTIME_BOXES = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']

function sniffVideo(head: Uint8Array): Sniffed | null {
  if (startsWith(head, 0x1a, 0x45, 0xdf, 0xa3)) return sniffMatroska(head)
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'AVI ') return video('video/x-msvideo')
  if (QUICKTIME_BOXES.includes(text(head, 4, 8))) return video('video/quicktime')
  if (startsWith(head, 0x00, 0x00, 0x01, 0xba)) return video('video/mpeg')
  if (isTransportStream(head, 188, 0) || isTransportStream(head, 192, 4)) return video('video/mp2t')
  return null
}

/** Its first element names the kind of document. */
function sniffMatroska(head: Uint8Array): Sniffed | null {
  const start = text(head, 0, 64)
  if (start.includes('webm')) return video('video/webm')
  return start.includes('matroska') ? video('video/x-matroska') : null
}

/** Packets of one size, each beginning with the same byte; cameras put four bytes of time before each. */
const isTransportStream = (head: Uint8Array, size: number, first: number) =>
  [0, 1, 2, 3].every((i) => head[first + i * size] === 0x47)

const AVIF = ['avif', 'avis']
const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']
const HEIF = ['mif1', 'mif2', 'msf1']
const BRANDS_OF_STILLS = [...AVIF, ...HEIC, ...HEIF]
const MP4 = /^(iso[\da-m]|mp4[12v]|avc[1-4]|m4v[ hp]|f4v |mmp4|msnv|dash|cmf[c2]|ndas|xavc|hvc1|qt {2}|3g)/i

/** ISO base media files say in their first box what they are; most phones put the codec's brand first, some a general one. */
function sniffBrands(head: Uint8Array): Sniffed | null {
  const size = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0)
  const major = text(head, 8, 12)
  const brands = [major]
  for (let at = 16; at + 4 <= Math.min(size, head.length); at += 4) brands.push(text(head, at, at + 4))
  if (BRANDS_OF_STILLS.includes(major)) return sniffStill(brands) // an MP4 may name mif1 among its others
  if (major === 'qt  ') return video('video/quicktime')
  if (/^3g[a-z\d]{2}$/.test(major)) return video('video/3gpp')
  return brands.some((brand) => MP4.test(brand)) ? video('video/mp4') : null
}

function sniffStill(brands: string[]): Sniffed {
  if (brands.some((brand) => AVIF.includes(brand))) return image('image/avif')
  if (brands.some((brand) => HEIC.includes(brand))) return image('image/heic')
  return image('image/heif')
}
