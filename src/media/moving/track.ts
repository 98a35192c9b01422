import { child, inside } from '../boxes'

/** A track of pictures in an AVIF or HEIC file: https://aomediacodec.github.io/av1-avif/#image-sequences. */
export type Track = {
  handler: string
  codec: Codec
  width: number
  height: number
  /** Boxes that describe the pictures, with their headers: how they are coded, and their colours. */
  config: Uint8Array
  colours: Uint8Array[]
  samples: Sample[]
}
export type Sample = { from: number; bytes: number; milliseconds: number; isSync: boolean }

/** How the pictures of AVIF and HEIC are coded. */
export type Codec = 'av01' | 'hvc1'

/** The box with what a decoder needs, for each name of a codec. */
const CONFIGS: Record<string, [codec: Codec, config: string]> = {
  av01: ['av01', 'av1C'],
  hvc1: ['hvc1', 'hvcC'],
  hev1: ['hvc1', 'hvcC'],
}

/** Reads the tracks of pictures. Throws a RangeError when a box ends before its last field. */
export function readTracks(index: DataView): Track[] {
  return [...inside(index)].flatMap(([kind, trak]) => (kind === 'trak' ? (trackOf(trak) ?? []) : []))
}

/** The number of bytes before the boxes in the description of a track of pictures. */
const DESCRIPTION_BYTES = 78

function trackOf(trak: DataView): Track | null {
  const [header, media] = [child(trak, 'mdia', 'mdhd'), child(trak, 'mdia', 'hdlr')]
  const table = child(trak, 'mdia', 'minf', 'stbl')
  const descriptions = table && child(table, 'stsd')
  if (!header || !media || !table || !descriptions) return null
  const [name = '', entry] = [...inside(descriptions, 8)].find(([kind]) => kind in CONFIGS) ?? []
  const coded = CONFIGS[name]
  if (!entry || !coded) return null
  const boxes = [...inside(entry, DESCRIPTION_BYTES)]
  const config = boxes.find(([kind]) => kind === coded[1])?.[1]
  if (!config) return null
  return {
    handler: String.fromCharCode(...[8, 9, 10, 11].map((at) => media.getUint8(at))),
    codec: coded[0],
    width: entry.getUint16(24),
    height: entry.getUint16(26),
    config: withHeader(config),
    colours: boxes.filter(([kind]) => kind === 'colr').map(([, content]) => withHeader(content)),
    samples: samplesOf(table, header.getUint32(header.getUint8(0) === 1 ? 20 : 12)),
  }
}

const withHeader = ({ buffer, byteOffset, byteLength }: DataView) =>
  new Uint8Array(buffer, byteOffset - 8, byteLength + 8)

const MOST_SAMPLES = 100_000

function samplesOf(table: DataView, perSecond: number): Sample[] {
  const [sizes, times, chunks] = [child(table, 'stsz'), child(table, 'stts'), child(table, 'stsc')]
  const [short, long] = [child(table, 'stco'), child(table, 'co64')]
  const places = short ?? long
  if (!sizes || !times || !chunks || !places) return []
  const count = Math.min(sizes.getUint32(8), MOST_SAMPLES)
  const samples: Sample[] = []
  const runs = chunks.getUint32(4)
  for (let run = 0; run < runs; run++) {
    const first = chunks.getUint32(8 + run * 12)
    const after = run + 1 < runs ? chunks.getUint32(8 + (run + 1) * 12) : places.getUint32(4) + 1
    for (let chunk = first; chunk < after && samples.length < count; chunk++) {
      let from = short ? places.getUint32(4 + chunk * 4) : Number(places.getBigUint64(chunk * 8))
      for (let i = chunks.getUint32(12 + run * 12); i > 0 && samples.length < count; i--) {
        const bytes = sizes.getUint32(4) || sizes.getUint32(12 + samples.length * 4)
        samples.push({ from, bytes, milliseconds: 0, isSync: false })
        from += bytes
      }
    }
  }
  let at = 0
  for (let entry = 0; entry < times.getUint32(4); entry++)
    for (let left = times.getUint32(8 + entry * 8); left > 0 && at < samples.length; left--, at++)
      samples[at]!.milliseconds = Math.round((1000 * times.getUint32(12 + entry * 8)) / (perSecond || 1))
  const syncs = child(table, 'stss')
  const numbers = syncs ? Array.from({ length: syncs.getUint32(4) }, (_, i) => syncs.getUint32(8 + i * 4)) : null
  for (const [i, sample] of samples.entries()) sample.isSync = !numbers || numbers.includes(i + 1)
  return samples
}
