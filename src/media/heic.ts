import { BadMedia } from './errors'
import { readHeif } from './heif'
import { MAX_ITEMS, MAX_PIXELS } from './limits'
import { firstPicture } from './moving/avif'
import { wrapAsTiff } from './tiff'
import { readTiffTags, TAG } from './tiff-tags'

/**
 * The functions of libheif's C interface that are used here, as emscripten exports them. Pointers are numbers, and
 * errors are structs returned through the first argument.
 */
type Libheif = {
  HEAPU8: Uint8Array
  HEAP32: Int32Array
  _malloc(size: number): number
  _heif_get_global_security_limits(): number
  _heif_context_alloc(): number
  _heif_context_read_from_memory_without_copy(
    error: number,
    context: number,
    data: number,
    size: number,
    options: number,
  ): void
  _heif_context_get_primary_image_handle(error: number, context: number, handle: number): void
  _heif_image_handle_get_width(handle: number): number
  _heif_image_handle_get_height(handle: number): number
  _heif_image_handle_has_alpha_channel(handle: number): number
  _heif_image_handle_get_raw_color_profile_size(handle: number): number
  _heif_image_handle_get_raw_color_profile(error: number, handle: number, data: number): void
  _heif_image_handle_get_list_of_metadata_block_IDs(handle: number, kind: number, ids: number, most: number): number
  _heif_image_handle_get_metadata_size(handle: number, id: number): number
  _heif_image_handle_get_metadata(error: number, handle: number, id: number, data: number): void
  _heif_decode_image(
    error: number,
    handle: number,
    image: number,
    colorspace: number,
    chroma: number,
    options: number,
  ): void
  _heif_image_get_bits_per_pixel_range(image: number, channel: number): number
  _heif_image_get_width(image: number, channel: number): number
  _heif_image_get_height(image: number, channel: number): number
  _heif_image_get_plane_readonly(image: number, channel: number, stride: number): number
}

const COLORSPACE_RGB = 1
const CHROMA_INTERLEAVED_RGB = 10
const CHROMA_INTERLEAVED_RGBA = 11
const CHROMA_INTERLEAVED_RRGGBB_LE = 14
const CHROMA_INTERLEAVED_RRGGBBAA_LE = 15
const CHANNEL_INTERLEAVED = 10

/**
 * Converts the main picture of a HEIC file to a TIFF with its colour profile. The decoder applies the rotation and
 * mirroring stored in the container. The EXIF orientation repeats them, so it is dropped, except where it stands alone
 * (`turnByExif`). The TIFF has 8 bits per
 * channel, or 16 if `isDeep`.
 * Every call uses its own decoder with its own memory, so nothing is kept between files and all memory is returned.
 */
export async function heicToTiff(path: string, isDeep: boolean): Promise<Buffer> {
  // a sequence without a main picture is shown by its first one
  const file = ((await readHeif(path)) ? null : await firstPicture(path)) ?? (await Bun.file(path).bytes())

  const { default: createLibheif } = await import('libheif-js/libheif-wasm/libheif-bundle.mjs')
  const heif = createLibheif() as Libheif
  try {
    return await decode(heif, path, file, isDeep)
  } catch (error) {
    throw error instanceof BadMedia ? error : new BadMedia('unreadable', { cause: error })
  }
}

async function decode(heif: Libheif, path: string, file: Uint8Array, isDeep: boolean): Promise<Buffer> {
  const scratch = heif._malloc(16)
  const checked = (call: (error: number) => void) => {
    call(scratch)
    const [code, subcode, message] = heif.HEAP32.subarray(scratch / 4)
    if (code) throw new Error(`libheif: ${textAt(heif, message!)} (${code}.${subcode})`)
  }
  const pointed = (call: (error: number, out: number) => void) => {
    checked((error) => call(error, scratch + 12))
    return heif.HEAP32[scratch / 4 + 3]!
  }

  const data = heif._malloc(file.length)
  if (!data) throw new BadMedia('too_heavy')
  heif.HEAPU8.set(file, data)
  allowManyTiles(heif)
  const context = heif._heif_context_alloc()
  checked((error) => heif._heif_context_read_from_memory_without_copy(error, context, data, file.length, 0))
  const handle = pointed((error, out) => heif._heif_context_get_primary_image_handle(error, context, out))
  if (heif._heif_image_handle_get_width(handle) * heif._heif_image_handle_get_height(handle) > MAX_PIXELS)
    throw new BadMedia('too_many_pixels')

  const hasAlpha = heif._heif_image_handle_has_alpha_channel(handle) !== 0
  const chroma = isDeep
    ? hasAlpha
      ? CHROMA_INTERLEAVED_RRGGBBAA_LE
      : CHROMA_INTERLEAVED_RRGGBB_LE
    : hasAlpha
      ? CHROMA_INTERLEAVED_RGBA
      : CHROMA_INTERLEAVED_RGB
  const image = pointed((error, out) => heif._heif_decode_image(error, handle, out, COLORSPACE_RGB, chroma, 0))
  const plane = heif._heif_image_get_plane_readonly(image, CHANNEL_INTERLEAVED, scratch)
  const stride = heif.HEAP32[scratch / 4]!
  const width = heif._heif_image_get_width(image, CHANNEL_INTERLEAVED)
  const height = heif._heif_image_get_height(image, CHANNEL_INTERLEAVED)
  const channels = hasAlpha ? 4 : 3
  const icc = colorProfile(heif, handle, checked)
  const bytes = isDeep ? 2 : 1
  const rows = Array.from({ length: height }, (_, y) =>
    heif.HEAPU8.subarray(plane + y * stride, plane + y * stride + width * channels * bytes),
  )
  if (isDeep) fill16Bits(rows, heif._heif_image_get_bits_per_pixel_range(image, CHANNEL_INTERLEAVED))
  const orientation = await turnByExif(path, exifOf(heif, handle, checked))
  return wrapAsTiff({ width, height, channels, bits: isDeep ? 16 : 8, rows, icc, orientation })
}

/** The decoder leaves the upper bits of deep pixels empty. */
function fill16Bits(rows: Uint8Array[], bits: number) {
  const factor = 0xffff / (2 ** bits - 1)
  for (const row of rows) {
    const values = new Uint16Array(row.buffer, row.byteOffset, row.length / 2)
    for (let i = 0; i < values.length; i++) values[i] = values[i]! * factor
  }
}

/** Where the struct `heif_security_limits` keeps the largest number of items, and the value that it has at first. */
const MAX_ITEMS_AT = 28
const USUAL_MAX_ITEMS = 1000

/** Lets a picture consist of more tiles than the decoder expects. Pixels and memory are limited nevertheless. */
function allowManyTiles(heif: Libheif) {
  const at = (heif._heif_get_global_security_limits() + MAX_ITEMS_AT) / 4
  if (heif.HEAP32[at] === USUAL_MAX_ITEMS) heif.HEAP32[at] = MAX_ITEMS
}

/**
 * How a photo is turned whose container does not say so. The standard of HEIF tells viewers to ignore EXIF, and phones of
 * Apple, Google and Xiaomi write both. Some phones of Samsung write only EXIF, and their own gallery turns the photo. In
 * files of other programs, EXIF is often left over from a photo that was turned upright when it was converted.
 */
async function turnByExif(path: string, exif: Uint8Array<ArrayBuffer> | null): Promise<number> {
  if (!exif || exif.length < 12) return 1
  const heif = await readHeif(path)
  if (!heif || heif.properties.some(([kind]) => kind === 'irot' || kind === 'imir')) return 1
  const start = 4 + new DataView(exif.buffer, exif.byteOffset).getUint32(0)
  const tags = (await readTiffTags(new Blob([exif.subarray(start)])))?.tags
  const make = tags?.get(TAG.make)
  const isSamsung = make && /^samsung/i.test(Buffer.from(exif.subarray(start + make.at)).toString('latin1', 0, 7))
  const orientation = tags?.get(TAG.orientation)?.first ?? 1
  return isSamsung && orientation <= 8 ? Math.max(1, orientation) : 1
}

const MOST_EXIF_BYTES = 1024 ** 2

function exifOf(heif: Libheif, handle: number, checked: (call: (error: number) => void) => void) {
  const name = heif._malloc(16)
  heif.HEAPU8.set(Buffer.from('Exif\0'), name)
  if (!heif._heif_image_handle_get_list_of_metadata_block_IDs(handle, name, name + 8, 1)) return null
  const id = heif.HEAP32[name / 4 + 2]!
  const size = heif._heif_image_handle_get_metadata_size(handle, id)
  if (!size || size > MOST_EXIF_BYTES) return null
  const at = heif._malloc(size)
  checked((error) => heif._heif_image_handle_get_metadata(error, handle, id, at))
  return new Uint8Array(heif.HEAPU8.slice(at, at + size))
}

const textAt = ({ HEAPU8 }: Libheif, at: number) => Buffer.from(HEAPU8.subarray(at, HEAPU8.indexOf(0, at))).toString()

function colorProfile(heif: Libheif, handle: number, checked: (call: (error: number) => void) => void) {
  const size = heif._heif_image_handle_get_raw_color_profile_size(handle)
  if (!size) return null
  const at = heif._malloc(size)
  checked((error) => heif._heif_image_handle_get_raw_color_profile(error, handle, at))
  return heif.HEAPU8.slice(at, at + size)
}
