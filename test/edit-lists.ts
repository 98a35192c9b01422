import { type Box, box, boxesOf, replaced, uint32 } from './mp4-boxes'

/** One entry of an edit list, in seconds. `from` is the position in the track, or null for an empty edit. */
export type Edit = { from: number | null; seconds: number; rate?: number }

/** The length of a second in the movie header and in the header of a track. */
const perSecond = (file: Buffer, { body }: Box) => file.readUInt32BE(body + (file[body] === 1 ? 20 : 12))

/**
 * Replaces the edit lists of an MP4 whose index is at its end, and adjusts the lengths that it states. The pictures and
 * the sound stay as they are, which is how editors trim without encoding again. `editsOf` receives the kind of each
 * track, `vide` or `soun`.
 */
export function withEdits(original: Buffer, editsOf: (kind: string) => Edit[]): Buffer {
  let file = original
  const movie = perSecond(file, one(file, '/moov/mvhd'))
  const tracks = boxesOf(file).filter(({ path }) => path === '/moov/trak').length
  let longest = 0
  for (let nth = 0; nth < tracks; nth++) {
    const track = () => boxesOf(file).filter(({ path }) => path === '/moov/trak')[nth]!
    const inTrack = (path: string) =>
      boxesOf(file).find(
        (each) => each.path === `/moov/trak${path}` && each.from > track().from && each.to <= track().to,
      )
    const handler = inTrack('/mdia/hdlr')!
    const edits = editsOf(file.toString('latin1', handler.body + 8, handler.body + 12))
    const media = perSecond(file, inTrack('/mdia/mdhd')!)
    const entries = edits.map(({ from, seconds, rate = 1 }) =>
      uint32(Math.round(seconds * movie), from === null ? -1 : Math.round(from * media), rate * 0x10000),
    )
    const edts = box('edts', box('elst', uint32(0, edits.length), ...entries))
    const old = inTrack('/edts')
    if (old) file = replaced(file, old, new Uint8Array())
    const header = inTrack('/tkhd')!
    const length = Math.round(edits.reduce((sum, { seconds }) => sum + seconds, 0) * movie)
    longest = Math.max(longest, length)
    const tkhd = Buffer.from(file.subarray(header.from, header.to))
    tkhd.writeUInt32BE(length, 8 + 20)
    file = replaced(file, header, Buffer.concat([tkhd, edts]))
  }
  const mvhd = one(file, '/moov/mvhd')
  file.writeUInt32BE(longest, mvhd.body + 16)
  return file
}

const one = (file: Buffer, path: string) => boxesOf(file).find((each) => each.path === path)!
