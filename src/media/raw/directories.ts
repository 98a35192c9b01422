/** A directory of a TIFF file: the numbers of each tag that consists of numbers. */
export type Directory = Map<number, number[]>

/** Tags of TIFF 6.0, and of DNG (`dngVersion`). */
export const RAW_TAG = {
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  stripBytes: 279,
  subDirectories: 330,
  jpegOffset: 513,
  jpegBytes: 514,
  dngVersion: 50706,
} as const

/** The number that follows the order of bytes, in TIFF and in the raw files of Panasonic. */
const VERSIONS = [42, 85]

const MOST_DIRECTORIES = 32
const MOST_ENTRIES = 1000
/** Lists of this length are strips of sensor data, which nobody needs here. */
const MOST_VALUES = 64

/** Bytes of the values of each type that is read: byte, short and long, and the undefined kind for previews. */
const BYTES: Record<number, number> = { 1: 1, 3: 2, 4: 4, 7: 1, 13: 4 }

/** Reads all directories of a TIFF file, also those that are inside of others, as cameras write them. */
export async function readDirectories(file: Blob): Promise<Directory[]> {
  const view = async (from: number, bytes: number) => new DataView(await file.slice(from, from + bytes).arrayBuffer())
  const head = await view(0, 8)
  if (head.byteLength < 8) return []
  const isLittle = head.getUint16(0) === 0x4949
  if (!VERSIONS.includes(head.getUint16(2, isLittle))) return []
  const directories: Directory[] = []
  const waiting = [head.getUint32(4, isLittle)]
  const seen = new Set<number>()
  while (directories.length < MOST_DIRECTORIES) {
    const at = waiting.shift()
    if (at === undefined) break
    if (!at || seen.has(at) || at + 2 > file.size) continue
    seen.add(at)
    const count = Math.min((await view(at, 2)).getUint16(0, isLittle), MOST_ENTRIES)
    const entries = await view(at + 2, count * 12 + 4)
    if (entries.byteLength < count * 12) continue
    const directory: Directory = new Map()
    for (let i = 0; i < count; i++) {
      const [tag, values] = await readEntry(entries, i * 12, at + 2, isLittle, view)
      directory.set(tag, values)
    }
    directories.push(directory)
    if (entries.byteLength >= count * 12 + 4) waiting.push(entries.getUint32(count * 12, isLittle))
    waiting.push(...(directory.get(RAW_TAG.subDirectories) ?? []))
  }
  return directories
}

/** Panasonic stores the preview itself as the value of a tag, of which the place and the length are returned. */
const PREVIEW_AS_VALUE = 46

async function readEntry(
  entries: DataView,
  at: number,
  start: number,
  isLittle: boolean,
  view: (from: number, bytes: number) => Promise<DataView>,
): Promise<[tag: number, values: number[]]> {
  const tag = entries.getUint16(at, isLittle)
  const bytes = BYTES[entries.getUint16(at + 2, isLittle)] ?? 0
  const count = entries.getUint32(at + 4, isLittle)
  const from = bytes * count <= 4 ? start + at + 8 : entries.getUint32(at + 8, isLittle)
  if (tag === PREVIEW_AS_VALUE && bytes === 1) return [RAW_TAG.jpegOffset, [from, count]]
  if (!bytes || count > MOST_VALUES) return [tag, []]
  const values = await view(from, bytes * count)
  if (values.byteLength < bytes * count) return [tag, []]
  const read = (i: number) =>
    bytes === 4
      ? values.getUint32(i * 4, isLittle)
      : bytes === 2
        ? values.getUint16(i * 2, isLittle)
        : values.getUint8(i)
  return [tag, Array.from({ length: count }, (_, i) => read(i))]
}
