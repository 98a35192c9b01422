export type Sniffed = { type: string; kind: 'image' | 'video' }

/** How many bytes from the start of a file `sniff` needs. A shorter file may have fewer. */
export const SNIFF_BYTES = 1024

const image = (type: string): Sniffed => ({ type, kind: 'image' })
const video = (type: string): Sniffed => ({ type, kind: 'video' })

const startsWith = (head: Uint8Array, ...bytes: number[]) => bytes.every((byte, i) => head[i] === byte)
const text = (head: Uint8Array, from: number, to: number) => String.fromCharCode(...head.subarray(from, to))

/**
 * Returns the type of a file by its first bytes, or null when it is not supported. File names and declared types are
 * ignored.
 */
export function sniff(head: Uint8Array): Sniffed | null {
  if (startsWith(head, 0xff, 0xd8, 0xff)) return image('image/jpeg')
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return image('image/png')
  if (/^GIF8[79]a/.test(text(head, 0, 6))) return image('image/gif')
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WEBP') return image('image/webp')
  if (isTiff(head)) return image('image/tiff')
  if (startsWith(head, 0xff, 0x0a) || startsWith(head, ...JXL_CONTAINER)) return image('image/jxl')
  const raw = sniffRaw(head)
  if (raw) return image(raw)
  if (text(head, 4, 8) === 'ftyp') return sniffBrands(head)
  return sniffVideo(head)
}

/** Raw files of cameras that do not begin like TIFF. The others are told apart from TIFF by what is inside. */
function sniffRaw(head: Uint8Array): string | null {
  if (text(head, 0, 15) === 'FUJIFILMCCD-RAW') return 'image/x-fuji-raf'
  if (startsWith(head, 0x49, 0x49, 0x55, 0x00)) return 'image/x-panasonic-rw2'
  if (/^(IIR[OS]|MMOR)/.test(text(head, 0, 4))) return 'image/x-olympus-orf'
  return text(head, 4, 12) === 'ftypcrx ' ? 'image/x-canon-cr3' : null
}

const JXL_CONTAINER = [...Buffer.from('\0\0\0\x0cJXL \r\n\x87\n', 'latin1')]

/** The number 42 begins a TIFF file, and 43 one that may be larger than 4 GB. */
const isTiff = (head: Uint8Array) =>
  [0x2a, 0x2b].some((kind) => startsWith(head, 0x49, 0x49, kind, 0x00) || startsWith(head, 0x4d, 0x4d, 0x00, kind))

/** The possible first boxes of a QuickTime file that does not name its type. */
const QUICKTIME_BOXES = ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']

function sniffVideo(head: Uint8Array): Sniffed | null {
  if (startsWith(head, 0x1a, 0x45, 0xdf, 0xa3)) return sniffMatroska(head)
  if (text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'AVI ') return video('video/x-msvideo')
  if (QUICKTIME_BOXES.includes(text(head, 4, 8))) return video('video/quicktime')
  if (startsWith(head, 0x00, 0x00, 0x01, 0xba)) return video('video/mpeg')
  if (isTransportStream(head, 188, 0) || isTransportStream(head, 192, 4)) return video('video/mp2t')
  return null
}

/** Reads the document type, which is in the first element. */
function sniffMatroska(head: Uint8Array): Sniffed | null {
  const start = text(head, 0, 64)
  if (start.includes('webm')) return video('video/webm')
  return start.includes('matroska') ? video('video/x-matroska') : null
}

/**
 * Recognizes packets of equal size that begin with the same byte. Cameras put a timestamp of four bytes before each
 * packet.
 */
const isTransportStream = (head: Uint8Array, size: number, first: number) =>
  [0, 1, 2, 3].every((i) => head[first + i * size] === 0x47)

const AVIF = ['avif', 'avis']
const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']
const HEIF = ['mif1', 'mif2', 'msf1']
const BRANDS_OF_STILLS = [...AVIF, ...HEIC, ...HEIF]
const MP4 = /^(iso[\da-m]|mp4[12v]|avc[1-4]|m4v[ hp]|f4v |mmp4|msnv|dash|cmf[c2]|ndas|xavc|hvc1|qt {2}|3g)/i

/**
 * Reads the brands of an ISO base media file from its first box. Most phones put the codec's brand first, and some put
 * a general one first.
 */
function sniffBrands(head: Uint8Array): Sniffed | null {
  const size = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0)
  const major = text(head, 8, 12)
  const brands = [major]
  for (let at = 16; at + 4 <= Math.min(size, head.length); at += 4) brands.push(text(head, at, at + 4))
  // only the major brand counts, because an MP4 may list mif1 as a compatible brand
  if (BRANDS_OF_STILLS.includes(major)) return sniffStill(brands)
  if (major === 'qt  ') return video('video/quicktime')
  if (/^3g[a-z\d]{2}$/.test(major)) return video('video/3gpp')
  return brands.some((brand) => MP4.test(brand)) ? video('video/mp4') : null
}

function sniffStill(brands: string[]): Sniffed {
  if (brands.some((brand) => AVIF.includes(brand))) return image('image/avif')
  if (brands.some((brand) => HEIC.includes(brand))) return image('image/heic')
  return image('image/heif')
}
