import { deflateSync } from 'node:zlib'
import { makeClips } from '../clips'
import { box, boxAt, boxesOf, replaced, uint32, withMore } from '../mp4-boxes'
import { photo } from '../photos'
import type { HostileFile } from './hostile-files'

type Expected = HostileFile['expected']

const unsupported: Expected = { refused: 'unsupported_media' }
const bad = (...codes: string[]): Expected => ({ failed: codes })
const HOURS = 3600
const YEARS = 365 * 24 * HOURS

const STBL = 'moov/trak/mdia/minf/stbl'

/** Overwrites 32-bit numbers at the given offsets inside of a box. */
function patched(file: Buffer, path: string, ...numbers: [at: number, value: number][]): Buffer {
  const out = Buffer.from(file)
  for (const [at, value] of numbers) out.writeUInt32BE(value >>> 0, boxAt(file, path).body + at)
  return out
}

const bodyOf = (file: Buffer, path: string) => file.subarray(boxAt(file, path).body, boxAt(file, path).to)
const wholeOf = (file: Buffer, path: string) => file.subarray(boxAt(file, path).from, boxAt(file, path).to)
const with_ = (file: Buffer, path: string, by: Buffer) => replaced(file, boxAt(file, path), by)

/**
 * Videos that are made to do harm. `elsewhere` is a real video on this machine that some of them refer to as their own
 * data.
 */
export async function hostileVideos(elsewhere: string): Promise<HostileFile[]> {
  const clips = await makeClips([
    'phone.mp4',
    'pieces.mp4',
    'film.mkv',
    'camera.avi',
    'tape.ts',
    'sound.mp4',
    'strip.mov',
    'pole.mov',
    'dot.mov',
  ])
  const read = async (name: Parameters<typeof clips>[0]) => Buffer.from(await Bun.file(clips(name)).bytes())
  const phone = await read('phone.mp4')
  const files: [string, Uint8Array, Expected][] = [
    ...scripts(elsewhere, phone, await read('camera.avi'), await read('film.mkv')),
    ...times(phone, await read('pieces.mp4'), await read('film.mkv')),
    ...sizes(phone),
    ...tracks(phone, await read('sound.mp4'), await photo().jpeg().toBuffer()),
    ['strip.mov', await read('strip.mov'), 'shown'],
    ['pole.mov', await read('pole.mov'), 'shown'],
    ['dot.mov', await read('dot.mov'), 'shown'],
    [
      'elsewhere.mp4',
      with_(phone, 'moov/trak/mdia/minf/dinf/dref/url ', box('url ', uint32(0), `file://${elsewhere}\0`)),
      'either',
    ],
    [
      'the same packets.ts',
      Buffer.concat(Array<Buffer>(100).fill((await read('tape.ts')).subarray(0, 188 * 40))),
      'either',
    ],
  ]
  const cuts = { phone, pieces: await read('pieces.mp4'), film: await read('film.mkv') }
  for (const [name, whole] of Object.entries(cuts))
    for (const part of [0.01, 0.6])
      files.push([`${name} cut at ${part}`, whole.subarray(0, whole.length * part), 'either'])
  return files.map(([name, bytes, expected]) => ({ name, bytes, expected }))
}

/** Text files that refer to other files, on their own and after the beginning of a video. */
function scripts(elsewhere: string, phone: Buffer, avi: Buffer, mkv: Buffer): [string, Uint8Array, Expected][] {
  const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://${elsewhere}\n#EXT-X-ENDLIST\n`
  const concat = `ffconcat version 1.0\nfile '${elsewhere}'\n`
  const behind = (head: Buffer, text: string) => Buffer.concat([head, Buffer.from(text)])
  return [
    ['playlist.mp4', Buffer.from(playlist), unsupported],
    ['playlist with a mark.mp4', Buffer.from(`\ufeff${playlist}`), unsupported],
    ['concat.mp4', Buffer.from(concat), unsupported],
    ['subtitles.mp4', Buffer.from('1\n00:00:00,000 --> 00:00:01,000\nHello\n'), unsupported],
    ['web subtitles.mp4', Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n'), unsupported],
    ['styled subtitles.mkv', Buffer.from('[Script Info]\nTitle: Hello\n'), unsupported],
    ['letter.mp4', Buffer.from('Dear all,\n'), unsupported],
    ['session.mp4', Buffer.from(`v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=video 5004 RTP/AVP 96\n`), unsupported],
    ['playlist behind.mp4', behind(phone.subarray(0, 32), playlist), bad('unreadable', 'no_picture')],
    ['concat behind.mp4', behind(phone.subarray(0, 32), concat), bad('unreadable', 'no_picture')],
    ['playlist behind.avi', behind(avi.subarray(0, 12), playlist), bad('unreadable', 'no_picture')],
    ['concat behind.mkv', behind(mkv.subarray(0, 64), concat), bad('unreadable', 'no_picture')],
  ]
}

/** Videos with a wrong or missing duration or frame rate, and videos with endless loops. */
function times(whole: Buffer, pieces: Buffer, mkv: Buffer): [string, Uint8Array, Expected][] {
  // Without the edit lists, which would give the duration.
  const phone = with_(with_(whole, 'moov/trak/edts', Buffer.alloc(0)), 'moov/trak/edts', Buffer.alloc(0))
  const scale = bodyOf(phone, 'moov/trak/mdia/mdhd').readUInt32BE(12)
  const stts = (...entries: number[]) =>
    with_(phone, `${STBL}/stts`, box('stts', uint32(0, entries.length / 2, ...entries)))
  const firstPiece = boxesOf(pieces).find(({ kind }) => kind === 'moof')!
  const piece = pieces.subarray(
    firstPiece.from,
    boxesOf(pieces).find(({ kind, from }) => kind === 'mdat' && from > firstPiece.from)!.to,
  )
  const head = pieces.subarray(0, firstPiece.from)
  const edits = (count: number) =>
    with_(
      whole,
      'moov/trak/edts/elst',
      box('elst', uint32(0, count), Buffer.concat(Array<Buffer>(count).fill(uint32(1000, 0, 0x10000)))),
    )
  return [
    ['for years.mp4', stts(20, scale * 3 * HOURS), 'either'],
    ['a frame that stays for years.mp4', stts(19, 512, 1, 0xffffffff), 'either'],
    ['says years, its tracks a second.mp4', patched(phone, 'moov/mvhd', [12, 1], [16, 3 * YEARS]), 'shown'],
    ['of no length.mp4', stts(20, 0), 'either'],
    ['no frames.mp4', stts(0, 0), 'either'],
    ['a tick is hours.mp4', patched(phone, 'moov/trak/mdia/mdhd', [12, 1]), 'either'],
    ['a million frames a second.mp4', patched(phone, 'moov/trak/mdia/mdhd', [12, scale * 50_000]), 'either'],
    ['no ticks.mp4', patched(phone, 'moov/trak/mdia/mdhd', [12, 0]), 'either'],
    ['a fragment again and again.mp4', Buffer.concat([head, ...Array<Buffer>(60).fill(piece)]), 'either'],
    ['edits in circles.mp4', edits(20_000), 'either'],
    [
      'edits that never begin.mp4',
      with_(whole, 'moov/trak/edts/elst', box('elst', uint32(0, 1, 0xffffffff, 0x7fffffff, 0x10000))),
      'either',
    ],
    [
      'clusters again and again.mkv',
      Buffer.concat([mkv, ...Array<Buffer>(8).fill(mkv.subarray(mkv.indexOf('\x1f\x43\xb6\x75', 0, 'latin1')))]),
      'either',
    ],
    [
      'elements of unknown length.mkv',
      Buffer.concat([mkv.subarray(0, 64), Buffer.from('18538067'.repeat(3000), 'hex'), Buffer.alloc(9000, 1)]),
      bad('unreadable', 'no_picture'),
    ],
  ]
}

/** Videos with large empty areas, and videos that claim to contain more than they do. */
function sizes(phone: Buffer): [string, Uint8Array, Expected][] {
  const table = (path: string, ...numbers: number[]) => with_(phone, `${STBL}/${path}`, box(path, uint32(...numbers)))
  const [ftyp, mdat, moov] = [wholeOf(phone, 'ftyp'), wholeOf(phone, 'mdat'), wholeOf(phone, 'moov')]
  const before = boxAt(phone, 'mdat').from - ftyp.length
  const small = 8 * 1024 ** 2
  const zip = deflateSync(Buffer.alloc(300 * 1024 ** 2))
  const sample = bodyOf(phone, `${STBL}/stsd`)
  const aspect = (over: number, under: number) => {
    const at = boxesOf(phone).find(({ kind }) => kind === 'pasp')!
    return replaced(phone, at, box('pasp', uint32(over, under)))
  }
  return [
    [
      'holes.mp4',
      Buffer.concat([
        ftyp,
        phone.subarray(ftyp.length, ftyp.length + before),
        mdat,
        box('free', Buffer.alloc(4 * small)),
        moov,
      ]),
      'shown',
    ],
    ['nothing but a hole.mp4', Buffer.concat([ftyp, box('mdat', Buffer.alloc(4 * small))]), bad('unreadable')],
    [
      'an endless hole.mp4',
      Buffer.concat([ftyp, Buffer.from('000000016d6461740fffffffffffffff', 'hex'), Buffer.alloc(small)]),
      bad('unreadable'),
    ],
    ['samples of gigabytes.mp4', table('stsz', 0, 0x7fffffff, 20), bad('unreadable', 'no_picture', 'too_heavy')],
    ['a billion samples.mp4', table('stsz', 0, 1, 0x3fffffff), bad('unreadable', 'no_picture', 'too_heavy')],
    ['a billion chunks.mp4', patched(phone, `${STBL}/stco`, [4, 0x3fffffff]), 'either'],
    ['samples elsewhere.mp4', patched(phone, `${STBL}/stco`, [8, 0x7ffffff0]), bad('unreadable', 'no_picture')],
    [
      'a header of nothing.mp4',
      with_(phone, `${STBL}/stsd`, box('stsd', sample.subarray(0, 8))),
      bad('unreadable', 'no_picture'),
    ],
    [
      'a bomb for a header.mp4',
      Buffer.concat([
        ftyp,
        mdat,
        box('moov', box('cmov', box('dcom', 'zlib'), box('cmvd', uint32(300 * 1024 ** 2), zip))),
      ]),
      bad('unreadable', 'no_picture', 'too_heavy'),
    ],
    ['pixels as flat as can be.mp4', aspect(1_000_000, 1), 'shown'],
    ['pixels as thin as can be.mp4', aspect(1, 1_000_000), 'shown'],
  ]
}

/** Videos with too many, unusual or encrypted tracks. */
function tracks(phone: Buffer, sound: Buffer, jpeg: Buffer): [string, Uint8Array, Expected][] {
  const track = wholeOf(phone, 'moov/trak')
  const data = Buffer.from(track)
  data.write('meta', data.indexOf('vide'), 'latin1')
  data.write('mett', data.indexOf('avc1'), 'latin1')
  const sample = boxAt(phone, `${STBL}/stsd/avc1`)
  const sinf = box(
    'sinf',
    box('frma', 'avc1'),
    box('schm', uint32(0), 'cenc', uint32(0x10000)),
    box('schi', box('tenc', uint32(0, 0x108), Buffer.alloc(16, 7))),
  )
  const cover = box(
    'udta',
    box(
      'meta',
      uint32(0),
      box('hdlr', uint32(0, 0), 'mdirappl', Buffer.alloc(9)),
      box('ilst', box('covr', box('data', uint32(13, 0), jpeg))),
    ),
  )
  return [
    [
      'thousands of tracks.mp4',
      withMore(phone, 'moov', ...Array<Buffer>(3000).fill(track)),
      bad('too_many_streams', 'unreadable'),
    ],
    ['tracks of data.mp4', withMore(phone, 'moov', ...Array<Buffer>(20).fill(data)), 'shown'],
    ['a cover for a picture.mp4', withMore(sound, 'moov', cover), bad('no_picture')],
    ['locked.mp4', replaced(phone, sample, box('encv', phone.subarray(sample.body, sample.to), sinf)), 'either'],
    ['sound alone.mp4', sound, bad('no_picture')],
  ]
}
