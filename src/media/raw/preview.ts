import { BadMedia } from '../errors'
import { type Directory, RAW_TAG, readDirectories } from './directories'
import { readJpegHead, withOrientation } from './jpeg'

/** How sensor data is marked, with and without the colours in a mosaic. */
const SENSOR_DATA = [32803, 34892]
const JPEG_COMPRESSIONS = [6, 7]

const MOST_BYTES = 64 * 1024 ** 2
const HEAD_BYTES = 256 * 1024
/** A smaller preview is only good for the screen of the camera. */
const SMALLEST_SIDE = 1000

type Place = { at: number; bytes: number }

/** Raw files that do not begin like TIFF, or whose previews are hidden in parts that only their makers know. */
export const RAW_TYPES: Record<string, string> = {
  'image/x-fuji-raf': 'Fujifilm RAF',
  'image/x-panasonic-rw2': 'Panasonic RW2',
  'image/x-canon-cr3': 'Canon CR3',
  'image/x-olympus-orf': 'Olympus ORF',
}

/**
 * Takes the photo out of a raw file that the camera has developed itself, as a JPEG. Returns null for a TIFF file that
 * contains no sensor data.
 */
export async function rawPreview(path: string, type: string): Promise<{ jpeg: Buffer; longest: number } | null> {
  const file = Bun.file(path)
  const isTiff = type === 'image/tiff'
  const isKnown = isTiff || type === 'image/x-panasonic-rw2'
  const directories = isKnown ? await readDirectories(file) : []
  if (isTiff && !(await isRaw(file, directories))) return null
  const places = type === 'image/x-fuji-raf' ? await inRaf(file) : directories.flatMap(placesIn)
  const best = await largest(file, places)
  if (!best || Math.max(best.width, best.height) < SMALLEST_SIDE)
    throw new BadMedia('raw', { values: { variant: RAW_TYPES[type] ?? (await nameOf(file, directories)) } })
  const jpeg = Buffer.from(await file.slice(best.at, best.at + best.bytes).bytes())
  const [orientation = 1] = directories[0]?.get(RAW_TAG.orientation) ?? []
  const isTurned = !best.hasExif && orientation > 1 && orientation <= 8
  return { jpeg: isTurned ? withOrientation(jpeg, orientation) : jpeg, longest: Math.max(best.width, best.height) }
}

const isCanon = async (file: Blob) => (await file.slice(8, 10).text()) === 'CR'

const isRaw = async (file: Blob, directories: Directory[]) =>
  directories.some((each) => each.has(RAW_TAG.dngVersion) || isSensorData(each)) || (await isCanon(file))

const isSensorData = (directory: Directory) => SENSOR_DATA.includes(directory.get(RAW_TAG.photometric)?.[0] ?? -1)

async function nameOf(file: Blob, directories: Directory[]): Promise<string> {
  if (directories.some((each) => each.has(RAW_TAG.dngVersion))) return 'DNG'
  return (await isCanon(file)) ? 'Canon CR2' : 'RAW'
}

/** The parts of a directory that may be a JPEG: the value of a tag made for it, or the only strip of a picture. */
function placesIn(directory: Directory): Place[] {
  const get = (tag: number) => directory.get(tag) ?? []
  const [at, inline] = get(RAW_TAG.jpegOffset)
  const [bytes] = inline ? [inline] : get(RAW_TAG.jpegBytes)
  const places: Place[] = at && bytes ? [{ at, bytes }] : []
  const [strips, lengths] = [get(RAW_TAG.stripOffsets), get(RAW_TAG.stripBytes)]
  const isJpeg = JPEG_COMPRESSIONS.includes(get(RAW_TAG.compression)[0] ?? 0)
  if (isJpeg && strips.length === 1 && lengths[0] && !isSensorData(directory))
    places.push({ at: strips[0]!, bytes: lengths[0] })
  return places
}

/** Fujifilm puts the place of the preview at the beginning of the file. */
async function inRaf(file: Blob): Promise<Place[]> {
  const head = new DataView(await file.slice(84, 92).arrayBuffer())
  return head.byteLength === 8 ? [{ at: head.getUint32(0), bytes: head.getUint32(4) }] : []
}

async function largest(file: Blob, places: Place[]) {
  let best: (Place & { width: number; height: number; hasExif: boolean }) | null = null
  for (const place of places) {
    if (place.bytes > MOST_BYTES || place.at + place.bytes > file.size) continue
    const head = readJpegHead(
      Buffer.from(await file.slice(place.at, place.at + Math.min(HEAD_BYTES, place.bytes)).bytes()),
    )
    if (head && (!best || head.width * head.height > best.width * best.height)) best = { ...place, ...head }
  }
  return best
}
