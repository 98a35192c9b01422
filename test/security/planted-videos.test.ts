import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { type Box, boxesOf } from '../mp4-boxes'
import { spellings } from './planted-photos'
import { plantedVideos, VIDEO_WORDS } from './planted-videos'
import { serverWith } from './server'

const { server, ann } = await serverWith(['ann'], { PATH: process.env.PATH ?? '' })

/** The boxes that a picture, its sound and their timing need. */
const NEEDED =
  `ftyp free mdat moov mvhd trak tkhd edts elst mdia mdhd hdlr minf vmhd smhd dinf dref url stbl stsd avc1 avcC
  pasp btrt colr mp4a esds stts stss ctts stsc stsz stco sgpd sbgp udta meta`.split(/\s+/)
/** The empty list of tags that our ffmpeg writes into every file. */
const NO_TAGS = '\0\0\0\0\0\0\0!hdlr\0\0\0\0\0\0\0\0mdirappl\0\0\0\0\0\0\0\0\0\0\0\0\x08ilst'

/** What a box contains beyond the needed data. */
function saidBy(mp4: Buffer, { kind, body, to }: Box): string[] {
  const inside = mp4.subarray(body, to)
  const text = inside.toString('latin1')
  if (!NEEDED.includes(kind.trim())) return [kind]
  if (kind === 'meta') return text === NO_TAGS ? [] : [`meta: ${text}`]
  if (kind === 'hdlr') return ['VideoHandler\0', 'SoundHandler\0'].includes(text.slice(24)) ? [] : [`hdlr: ${text}`]
  if (kind === 'free') return inside.every((byte) => byte === 0) ? [] : ['free']
  if (['mvhd', 'tkhd', 'mdhd'].includes(kind))
    return inside.readUInt32BE(4) || inside.readUInt32BE(8) ? [`${kind}: a time`] : []
  return []
}

test('metadata planted in videos is in no rendition, and the MP4 contains nothing but picture and sound', async () => {
  const seen = new Set<string>()
  for (const { name, bytes, words } of await plantedVideos()) {
    for (const word of words) {
      expect([name, word, bytes.includes(Buffer.from(word, 'latin1'))]).toEqual([name, word, true])
      seen.add(word)
    }
    const id = await ann.upload(bytes, name)
    const file = await ann.processed(id)
    expect([name, file.status, file.error]).toEqual([name, 'ready', null])
    const folder = join(server.dir, 'media', String(id))
    const paths = [...new Bun.Glob('{full,preview}/*').scanSync(folder)].sort()
    expect(paths).toEqual(['full/mp4.mp4', 'full/poster.webp', 'full/thumb.webp', 'preview/blurred.webp'])
    for (const path of paths) {
      const rendition = Buffer.from(await Bun.file(join(folder, path)).bytes())
      const found = VIDEO_WORDS.filter((word) => spellings(word).some((spelling) => rendition.includes(spelling)))
      expect([name, path, found]).toEqual([name, path, []])
    }
    const mp4 = Buffer.from(await Bun.file(join(folder, 'full/mp4.mp4')).bytes())
    const boxes = boxesOf(mp4)
    expect([name, boxes.flatMap((each) => saidBy(mp4, each))]).toEqual([name, []])
    expect([name, boxes.filter(({ kind }) => kind === 'trak').length]).toEqual([name, 2])
    expect(Math.max(...boxes.map(({ to }) => to))).toBe(mp4.length) // the file was read to its last byte
    const told = JSON.stringify(file)
    expect([name, VIDEO_WORDS.filter((word) => told.includes(word))]).toEqual([name, []])
  }
  expect(VIDEO_WORDS.filter((word) => !seen.has(word))).toEqual([])
})
