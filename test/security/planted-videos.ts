import { type Clip, makeClips, PLANTED } from '../clips'
import { box, boxAt, boxesOf, replaced, uint32, withMore } from '../mp4-boxes'
import { wordOf } from './planted-photos'

/** The places in a video where personal data can hide, in addition to what ffmpeg itself writes (`PLANTED`). */
const APPLE_KEYS = [
  'location.ISO6709',
  'make',
  'model',
  'software',
  'creationdate',
  'author',
  'comment',
  'camera.identifier',
] as const
const USER_DATA = [
  '©xyz',
  '©mak',
  '©mod',
  '©swr',
  '©day',
  '©cmt',
  '©nam',
  'loci',
  'auth',
  'titl',
  'manu',
  'modl',
  'FIRM',
  'CAME',
  'GPMF',
  'XMP_',
] as const
const ITUNES = ['©too', '©ART', '©gen', 'desc'] as const
const OTHERS = [
  'Xmp',
  'TrackXmp',
  'MovieXml',
  'Free',
  'Skip',
  'Trailer',
  'Chapter',
  'ChapterTrack',
  'TimedTrack',
  'Handler',
  'Compressor',
  'Sei',
  'Mdat',
] as const

export type PlantedVideo = { name: string; bytes: Buffer; words: string[] }

const word = (place: string) => Buffer.from(wordOf(place), 'latin1')
const tagOf = (kind: string) => kind.replace('©', 'c').replace(/\W|_/g, '')
const full = (kind: string, ...inside: (Uint8Array | string)[]) => box(kind, uint32(0), ...inside)
const uint16 = (...values: number[]) => Buffer.from(values.flatMap((value) => [value >> 8, value & 255]))

/** Adds metadata as phones, action cameras and editors write it. */
function chattyMp4(clip: Buffer): Buffer {
  const userData = USER_DATA.map((kind) => {
    const text = word(tagOf(kind))
    if (kind.startsWith('©')) return box(kind, uint16(text.length, 0x15c7), text)
    // A place (loci) also has coordinates.
    return full(kind, uint16(0x15c7), text, '\0', Buffer.alloc(kind === 'loci' ? 15 : 0))
  })
  const keys = APPLE_KEYS.map((key) => box('mdta', `com.apple.quicktime.${key}`))
  const values = APPLE_KEYS.map((key, i) =>
    Buffer.concat([uint32(8 + 16 + word(tagOf(key)).length, i + 1), box('data', uint32(1, 0), word(tagOf(key)))]),
  )
  const apple = box('meta', handler('mdta'), full('keys', uint32(keys.length), ...keys), box('ilst', ...values))
  const items = ITUNES.map((kind) => box(kind, box('data', uint32(1, 0), word(tagOf(kind)))))
  const chapters = box(
    'chpl',
    uint32(0x01000000, 0),
    Buffer.from([1]),
    uint32(0, 0),
    Buffer.from([word('Chapter').length]),
    word('Chapter'),
  )
  const uuid = (place: string) =>
    box('uuid', Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), `<x:xmpmeta>${wordOf(place)}</x:xmpmeta>`)
  const behind = box('mdat', word('TimedTrack'), word('ChapterTrack'), word('Mdat'))

  let out = spoken(clip)
  for (const place of ['TimedTrack', 'ChapterTrack']) {
    // The samples of data tracks come after everything else. Their offsets are filled in when all sizes are known.
    out = withMore(out, 'moov', dataTrack(out, place))
  }
  out = withMore(out, 'moov/trak', uuid('TrackXmp'))
  out = withMore(
    out,
    'moov',
    uuid('Xmp'),
    apple,
    full('meta', handler('mp7t'), full('xml ', word('MovieXml'))),
    box('udta', ...userData, chapters, full('meta', handler('mdir'), box('ilst', ...items))),
  )
  const end = out.length + 8
  for (const [i, track] of boxesOf(out)
    .filter(({ path }) => path === '/moov/trak')
    .slice(-2)
    .entries()) {
    const stco = boxesOf(out).find(({ kind, from }) => kind === 'stco' && from > track.from)!
    out.writeUInt32BE(end + (i ? word('TimedTrack').length : 0), stco.body + 8)
  }
  return Buffer.concat([out, behind, box('free', word('Free')), box('skip', word('Skip')), word('Trailer')])
}

const handler = (kind: string) => full('hdlr', uint32(0), kind, Buffer.alloc(13))

/**
 * Overwrites bytes in place: messages in the picture data, names in headers, and the times in all three kinds of
 * headers.
 */
function spoken(clip: Buffer): Buffer {
  const out = Buffer.from(clip)
  const sei = out.indexOf('x264 - core')
  word('Sei').copy(out, sei + 40)
  for (const { kind, body } of boxesOf(out)) {
    if (['mvhd', 'tkhd', 'mdhd'].includes(kind)) out.set(uint32(0xe5000001, 0xe5000002), body + 4)
    if (kind === 'avc1') out.set([word('Compressor').length, ...word('Compressor')], body + 42)
  }
  const name = boxAt(out, 'moov/trak/mdia/hdlr')
  return replaced(out, name, box('hdlr', out.subarray(name.body, name.body + 24), word('Handler'), '\0'))
}

/** A copy of the first track that claims to be text or data and has one sample. */
function dataTrack(file: Buffer, place: string): Buffer {
  const first = boxAt(file, 'moov/trak')
  const [kind, format] = place === 'ChapterTrack' ? ['text', 'text'] : ['meta', 'mebx']
  let track: Buffer = Buffer.concat([file.subarray(first.from, first.to)])
  const swap = (path: string, by: Buffer) => {
    track = replaced(track, boxAt(track, path), by)
  }
  const stbl = 'trak/mdia/minf/stbl'
  swap('trak/mdia/hdlr', handler(kind!))
  swap(`${stbl}/stsd`, full('stsd', uint32(1), box(format!, uint32(0, 1), word(place))))
  swap(`${stbl}/stts`, full('stts', uint32(1, 1, 512)))
  swap(`${stbl}/stsc`, full('stsc', uint32(1, 1, 1, 1)))
  swap(`${stbl}/stsz`, full('stsz', uint32(0, 1, word(place).length)))
  swap(`${stbl}/stco`, full('stco', uint32(1, 0)))
  return track
}

const ALL_PLACES = [...APPLE_KEYS, ...USER_DATA, ...ITUNES].map(tagOf).concat(OTHERS)
export const VIDEO_WORDS = [...PLANTED, ...ALL_PLACES.map(wordOf)]

/** Videos with personal data planted everywhere their container allows, and the planted words. */
export async function plantedVideos(): Promise<PlantedVideo[]> {
  const clips = await makeClips(['phone.mp4', 'old.mov', 'film.mkv', 'camera.avi'])
  const read = async (name: Clip) => Buffer.from(await Bun.file(clips(name)).bytes())
  const behind = async (name: Clip) => Buffer.concat([await read(name), word('Trailer')])
  return [
    {
      name: 'phone.mp4',
      bytes: chattyMp4(await read('phone.mp4')),
      words: VIDEO_WORDS,
    },
    {
      name: 'old.mov',
      bytes: await behind('old.mov'),
      words: ['PlantedCamera', 'PlantedAuthor', 'PlantedPlace', 'Lavf', wordOf('Trailer')],
    },
    {
      name: 'film.mkv',
      bytes: await behind('film.mkv'),
      words: ['PlantedCamera', 'PlantedAuthor', 'PlantedPlace', '+37.5665', 'Lavf', wordOf('Trailer')],
    },
    { name: 'camera.avi', bytes: await behind('camera.avi'), words: ['Lavf', wordOf('Trailer')] },
  ]
}
