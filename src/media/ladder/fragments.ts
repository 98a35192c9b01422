import { child, findPlace, inside } from '../boxes'

/** A part of a fragmented MP4 that can be played on its own, after the beginning of the file. */
export type Segment = { from: number; bytes: number; seconds: number }

/** A fragmented MP4: the bytes of its beginning, which every segment needs, and its segments. */
export type Fragmented = { beginning: number; segments: Segment[]; codecs: string[] }

/** The index of the segments has 12 bytes for each. */
const MOST_INDEX_BYTES = 1024 ** 2
const MOST_MOOV_BYTES = 1024 ** 2

const SIZE_BITS = 0x7fff_ffff

/**
 * Reads the index of segments (`sidx`, ISO/IEC 14496-12, 8.16.3) at the start of a fragmented MP4. The first one is that
 * of the picture, and the sizes in it are those of picture and sound together.
 */
export async function readFragments(path: string): Promise<Fragmented> {
  const [index, moov] = [
    await findPlace(path, 'sidx', MOST_INDEX_BYTES),
    await findPlace(path, 'moov', MOST_MOOV_BYTES),
  ]
  if (!index || !moov || moov.until > index.from) throw new Error('The fragmented MP4 has no index of its segments.')
  const { content } = index
  const isLong = content.getUint8(0) === 1
  const perSecond = content.getUint32(8)
  const first = isLong ? Number(content.getBigUint64(20)) : content.getUint32(16)
  const start = isLong ? 28 : 20
  const count = content.getUint16(start + 2)
  let from = index.until + first
  const segments = Array.from({ length: count }, (_, i) => {
    const at = start + 4 + 12 * i
    const bytes = content.getUint32(at) & SIZE_BITS
    const segment = { from, bytes, seconds: content.getUint32(at + 4) / perSecond }
    from += bytes
    return segment
  })
  if (!segments.length) throw new Error('The fragmented MP4 has no segments.')
  return { beginning: index.from, segments, codecs: codecsOf(moov.content) }
}

/** The bytes in a description of pictures before its boxes (ISO/IEC 14496-12, 12.1.3). */
const PICTURE_HEAD = 78

/** The codecs as browsers name them (RFC 6381). Sound is always AAC-LC, because this program has encoded it. */
function codecsOf(moov: DataView): string[] {
  const codecs: string[] = []
  for (const [kind, track] of inside(moov)) {
    const descriptions = kind === 'trak' ? child(track, 'mdia', 'minf', 'stbl', 'stsd') : undefined
    if (!descriptions || descriptions.byteLength < 16) continue
    const [[name, description] = []] = [...inside(descriptions, 8)]
    if (name === 'mp4a') codecs.push('mp4a.40.2')
    else if (name && description) codecs.push(`${name}.${profileOf(description)}`)
  }
  return codecs
}

/** The profile and level of H.264 in hex. */
function profileOf(description: DataView): string {
  for (const [kind, content] of inside(description, PICTURE_HEAD))
    if (kind === 'avcC') return [1, 2, 3].map((at) => content.getUint8(at).toString(16).padStart(2, '0')).join('')
  throw new Error('The picture of a segment is not H.264.')
}

/**
 * The longest time in seconds between two key frames of an ordinary MP4, where a player can begin. Infinity when its
 * index cannot be read.
 */
export async function longestGap(path: string, mostBytes: number): Promise<number> {
  const moov = await findPlace(path, 'moov', mostBytes)
  for (const [kind, track] of moov ? inside(moov.content) : []) {
    const [mdhd, media] = [child(track, 'mdia', 'mdhd'), child(track, 'mdia', 'minf')]
    const samples = media && child(media, 'stbl')
    if (kind !== 'trak' || !mdhd || !samples || !child(media, 'vmhd')) continue
    const perSecond = mdhd.getUint32(mdhd.getUint8(0) === 1 ? 20 : 12)
    return gapIn(samples, perSecond)
  }
  return Infinity
}

function gapIn(samples: DataView, perSecond: number): number {
  const [times, keys] = [child(samples, 'stts'), child(samples, 'stss')]
  if (!times) return Infinity
  if (!keys) return 0 // every frame is a key frame
  const isKey = new Set(Array.from({ length: keys.getUint32(4) }, (_, i) => keys.getUint32(8 + 4 * i)))
  let [sample, time, last, longest] = [1, 0, 0, 0]
  for (let run = 0; run < times.getUint32(4); run++) {
    const [count, length] = [times.getUint32(8 + 8 * run), times.getUint32(12 + 8 * run)]
    for (let i = 0; i < count; i++, sample++, time += length) {
      if (!isKey.has(sample)) continue
      longest = Math.max(longest, time - last)
      last = time
    }
  }
  return Math.max(longest, time - last) / perSecond
}
