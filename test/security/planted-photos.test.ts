import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { ALL_PLACES, exifIsReal, plantedPhotos, spellings, wordOf } from './planted-photos'
import { serverWith } from './server'

const { server, ann } = await serverWith(['ann'])

/**
 * Reads a WebP file chunk by chunk to its last byte. Returns the chunk types, the number of unread bytes and the header
 * flags.
 */
function readWebp(bytes: Uint8Array): { kinds: string[]; unread: number; flags: number } {
  const file = Buffer.from(bytes)
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WEBP') throw new Error('not WebP')
  const end = 8 + file.readUInt32LE(4)
  const kinds: string[] = []
  let flags = 0
  let at = 12
  while (at + 8 <= end) {
    const kind = file.toString('latin1', at, at + 4)
    const size = file.readUInt32LE(at + 4)
    if (kind === 'VP8X') flags = file[at + 8]!
    kinds.push(kind)
    at += 8 + size + (size % 2)
  }
  return { kinds, unread: file.length - at, flags }
}

/** The header flags for a colour profile, EXIF and XMP. */
const METADATA = 0x20 | 0x08 | 0x04
const PICTURE = ['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF']

test('metadata planted in photos is in no rendition', async () => {
  const planted = await plantedPhotos()
  expect(await exifIsReal(planted[0]!.bytes)).toBe(true)
  const seen = new Set<string>()
  for (const { name, bytes, places } of planted) {
    for (const each of places) {
      expect([name, each, bytes.includes(wordOf(each))]).toEqual([name, each, true])
      seen.add(each)
    }
    const id = await ann.upload(bytes, name)
    const file = await ann.processed(id)
    expect([name, file.status, file.error]).toEqual([name, 'ready', null])
    const folder = join(server.dir, 'media', String(id))
    const paths = [...new Bun.Glob('{full,preview}/*').scanSync(folder)]
    // these photos are small, so the whole picture serves as the one for the feed
    expect([name, paths.sort()]).toEqual([name, ['full/full.webp', 'full/thumb.webp', 'preview/blurred.webp']])
    const renditions = await Promise.all(paths.map((path) => Bun.file(join(folder, path)).bytes()))
    for (const rendition of [...renditions, Buffer.from(file.placeholder.split(',')[1], 'base64')]) {
      const { kinds, unread, flags } = readWebp(rendition)
      expect([name, kinds.filter((kind) => !PICTURE.includes(kind)), unread, flags & METADATA]).toEqual([
        name,
        [],
        0,
        0,
      ])
      for (const each of ALL_PLACES)
        for (const spelling of spellings(wordOf(each)))
          expect([name, each, Buffer.from(rendition).includes(spelling)]).toEqual([name, each, false])
    }
    // The JSON of the file must not contain it either.
    const told = JSON.stringify(file)
    for (const each of places) expect([name, each, told.includes(wordOf(each))]).toEqual([name, each, false])
  }
  // Compressed text cannot be found by searching. It is covered by the allowed chunk types.
  expect(ALL_PLACES.filter((each) => !seen.has(each)).sort()).toEqual(['PngZipped'])
})
