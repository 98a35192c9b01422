import { child, findBox, inside, kindAt } from '../boxes'
import { MAX_INDEX_BYTES } from '../limits'

/** The tracks of an MP4 or QuickTime file, as its index describes them. */
export type Movie = {
  /** The rest of the tracks is in fragments, of which the index knows nothing. */
  isFragmented: boolean
  isEncrypted: boolean
  tracks: Track[]
}

export type Track = {
  id: number
  /** The length of a second in the time units of the track. */
  perSecond: number
  /** The length in units of the part that the index knows, and null when it is not stated. */
  length: number | null
  edits: Edit[]
}

/** An entry of an edit list. `from` is a position in units of the track, or null when nothing is shown. */
export type Edit = { from: number | null; seconds: number; rate: number }

/** The names that stand in place of the codec. */
const ENCRYPTED = ['encv', 'enca', 'drmi', 'drms']

/** Reads the index of an MP4 or QuickTime file. Returns null when there is none that can be read. */
export async function readMovie(path: string): Promise<Movie | null> {
  try {
    const index = await findBox(path, 'moov', MAX_INDEX_BYTES)
    return index && movieOf(index)
  } catch (error) {
    if (error instanceof RangeError) return null // a box ends before its last field
    throw error
  }
}

function movieOf(index: DataView): Movie | null {
  const header = child(index, 'mvhd')
  if (!header) return null // the index may be compressed
  const movie = timesOf(header)
  const tracks: Track[] = []
  let isEncrypted = false
  for (const [kind, trak] of inside(index)) {
    const [tkhd, mdhd] = [child(trak, 'tkhd'), child(trak, 'mdia', 'mdhd')]
    if (kind !== 'trak' || !tkhd || !mdhd) continue
    const { perSecond, length } = timesOf(mdhd)
    const list = child(trak, 'edts', 'elst')
    const descriptions = child(trak, 'mdia', 'minf', 'stbl', 'stsd')
    if (descriptions && descriptions.byteLength >= 16 && ENCRYPTED.includes(kindAt(descriptions, 12)))
      isEncrypted = true
    const id = tkhd.getUint32(tkhd.getUint8(0) === 1 ? 20 : 12)
    tracks.push({ id, perSecond, length, edits: list ? editsOf(list, movie.perSecond) : [] })
  }
  return { isFragmented: child(index, 'mvex') !== undefined, isEncrypted, tracks }
}

/** Reads the units and the length from the header of the movie or of a track. All ones mean an unknown length. */
function timesOf(header: DataView): { perSecond: number; length: number | null } {
  const isLong = header.getUint8(0) === 1
  const perSecond = header.getUint32(isLong ? 20 : 12) || 1
  const length = isLong ? Number(header.getBigUint64(24)) : header.getUint32(16)
  const unknown = isLong ? Number(0xffff_ffff_ffff_ffffn) : 0xffff_ffff
  return { perSecond, length: length === 0 || length === unknown ? null : length }
}

function editsOf(list: DataView, perSecond: number): Edit[] {
  const isLong = list.getUint8(0) === 1
  const bytes = isLong ? 20 : 12
  const count = Math.min(list.getUint32(4), Math.floor((list.byteLength - 8) / bytes))
  return Array.from({ length: count }, (_, i) => {
    const at = 8 + i * bytes
    const units = isLong ? Number(list.getBigUint64(at)) : list.getUint32(at)
    const from = isLong ? Number(list.getBigInt64(at + 8)) : list.getInt32(at + 4)
    const rate = list.getInt32(at + bytes - 4) / 0x10000
    return { from: from < 0 ? null : from, seconds: units / perSecond, rate: Math.max(0, rate) }
  })
}
