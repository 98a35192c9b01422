import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { readTime } from './captions'
import { openFolder } from './folder'
import { mended } from './instagram'
import { findPictures } from './pictures'
import { isSidecarOf } from './takeout'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-import-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const picture = (red: number, exif: object = {}) =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: { r: red, g: 60, b: 90 } } })
    .withExif(exif)
    .jpeg()
    .toBuffer()

async function put(path: string, content: string | Uint8Array | object) {
  mkdirSync(dirname(join(dir, path)), { recursive: true })
  const isBytes = typeof content === 'string' || content instanceof Uint8Array
  await Bun.write(join(dir, path), isBytes ? content : JSON.stringify(content))
}

const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

test('text that was written as if Latin-1 is mended, and other text is left alone', () => {
  for (const text of ['첫 사진', 'café 🎞️', 'plain', 'naïve'])
    expect([mended(latin1(text)), mended(text)]).toEqual([text, text])
})

test('pictures of a folder are described by a table, by Takeout, by themselves, or by the time of the file', async () => {
  await put(
    'a.jpg',
    await picture(1, {
      IFD0: { ImageDescription: 'From EXIF' },
      IFD2: { DateTimeOriginal: '2018:03:04 10:00:00' },
    }),
  )
  await put('b.jpg', await picture(2))
  await put('b.jpg.supplemental-metadata.json', {
    title: 'b.jpg',
    description: 'From Takeout',
    photoTakenTime: { timestamp: '1500000000' },
  })
  await put('c.jpg', await picture(3))
  await put('d.jpg', await picture(4))
  await put('e.jpg', await picture(5))
  await put('f.jpg', await picture(6))
  await put('f-edited.jpg', await picture(7))
  await put('f.mov', 'moving')
  utimesSync(join(dir, 'e.jpg'), 1400000000, 1400000000)
  await put(
    'captions.csv',
    'file,caption,date,alt,post\nc.jpg,"From, a table",2017-01-02,A wall,1\nd.jpg,,,,1\ngone.jpg,x,,,\n',
  )
  symlinkSync('/etc/hostname', join(dir, 'link.jpg'))
  const { posts, notes, troubles } = await findPictures(openFolder(dir), { timeZone: 'Asia/Seoul' })
  const said = posts.map(({ from, caption, publishedAt, files }) => [
    from,
    caption,
    publishedAt.toISOString(),
    files.length,
  ])
  expect(said.slice(0, 4)).toEqual([
    ['a.jpg', 'From EXIF', '2018-03-04T01:00:00.000Z', 1],
    ['b.jpg', 'From Takeout', '2017-07-14T02:40:00.000Z', 1],
    ['c.jpg', 'From, a table', '2017-01-01T15:00:00.000Z', 2],
    ['e.jpg', '', '2014-05-13T16:53:20.000Z', 1],
  ])
  expect(posts.map(({ from }) => from)).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'e.jpg', 'f-edited.jpg'])
  expect(notes.map(({ path }) => path)).toEqual(['f.jpg', 'f.mov'])
  expect(troubles.map(({ path }) => path)).toEqual(['gone.jpg'])
  expect(posts[2]?.files[0]?.altText).toBe('A wall')
})

test('the sidecars of Google are found under the names that it cuts and numbers', () => {
  const pairs: [sheet: string, picture: string, isOne: boolean][] = [
    ['IMG_1.jpg.json', 'IMG_1.jpg', true],
    ['IMG_1.jpg.supplemental-metadata.json', 'IMG_1.jpg', true],
    ['IMG_1.jpg.supplemental-metadata(2).json', 'IMG_1(2).jpg', true],
    ['IMG_1.jpg(2).json', 'IMG_1(2).jpg', true],
    ['IMG_1.jpg.supplemental-metadata.json', 'IMG_1(2).jpg', false],
    ['IMG_1.jpg.supplemental-metadata.json', 'IMG_1-edited.jpg', true],
    ['PXL_20230405_101112131.PORTRAIT.jpg.supplement.json', 'PXL_20230405_101112131.PORTRAIT.jpg', true],
    [
      'a_very_long_name_that_google_has_cut_somewhere.json',
      'a_very_long_name_that_google_has_cut_somewhere_here.jpg',
      true,
    ],
    ['IMG_1.jpg.supplemental-metadata.json', 'IMG_11.jpg', false],
    ['metadata.json', 'IMG_1.jpg', false],
  ]
  for (const [sheet, picture, isOne] of pairs)
    expect([sheet, picture, isSidecarOf(sheet, picture)]).toEqual([sheet, picture, isOne])
})

test('times are read with and without an offset', () => {
  const read = (text: string) => readTime(text, 'Asia/Seoul')?.toISOString()
  expect(read('2019:05:04 12:30:00')).toBe('2019-05-04T03:30:00.000Z')
  expect(read('2019-05-04T12:30:00.5-02:00')).toBe('2019-05-04T14:30:00.000Z')
  expect(read('2019-05-04T12:30Z')).toBe('2019-05-04T12:30:00.000Z')
  for (const text of ['', 'May 4', '0000:00:00 00:00:00', '2019-13-01']) expect(read(text)).toBeUndefined()
})
