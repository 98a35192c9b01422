import { expect, test } from 'bun:test'
import { animation, fixture, photo } from '../../test/photos'
import { SNIFF_BYTES, sniff } from './sniff'

const typeOf = (bytes: Uint8Array) => sniff(bytes.subarray(0, SNIFF_BYTES))?.type ?? null
const box = (major: string, ...others: string[]) => {
  const bytes = Buffer.from(`\0\0\0\0ftyp${major}\0\0\0\0${others.join('')}mdat`, 'latin1')
  bytes.writeUInt32BE(16 + others.length * 4)
  return bytes
}

test('real files are recognized by their first bytes', async () => {
  expect(typeOf(await photo().jpeg().toBuffer())).toBe('image/jpeg')
  expect(typeOf(await photo().png().toBuffer())).toBe('image/png')
  expect(typeOf(await photo().webp().toBuffer())).toBe('image/webp')
  expect(typeOf(await photo().tiff().toBuffer())).toBe('image/tiff')
  expect(typeOf(await photo().avif({ effort: 0 }).toBuffer())).toBe('image/avif')
  expect(typeOf(await animation('gif'))).toBe('image/gif')
  expect(typeOf(await fixture('upright-p3.heic'))).toBe('image/heic')
})

test('pictures and videos in the same container are told apart by their brands', () => {
  expect(typeOf(box('heic', 'mif1', 'MiHE', 'MiPr', 'miaf', 'MiHB', 'heic'))).toBe('image/heic')
  expect(typeOf(box('heix', 'mif1'))).toBe('image/heic')
  expect(typeOf(box('mif1', 'mif1', 'heic'))).toBe('image/heic')
  expect(typeOf(box('mif1', 'mif1', 'avif', 'miaf'))).toBe('image/avif')
  expect(typeOf(box('msf1', 'hevc'))).toBe('image/heic')
  expect(typeOf(box('mif1', 'mif1'))).toBe('image/heif')
  expect(typeOf(box('isom', 'iso2', 'avc1', 'mp41'))).toBe('video/mp4')
  expect(typeOf(box('mp42', 'mif1'))).toBe('video/mp4')
  expect(typeOf(box('qt  ', 'qt  '))).toBe('video/quicktime')
  expect(typeOf(box('3gp4', 'isom'))).toBe('video/3gpp')
  for (const other of ['M4A ', 'M4B ', 'JP2 ', 'abcd']) expect([other, typeOf(box(other))]).toEqual([other, null])
})

test('bytes after the first box are not read as brands', () => {
  expect(typeOf(Buffer.concat([box('mif1'), Buffer.from('avif')]))).toBe('image/heif')
})

test('videos without a first box that names their type are recognized', () => {
  const transport = (size: number, first: number, packets: number) => {
    const bytes = Buffer.alloc(first + size * packets)
    for (let i = 0; i < packets; i++) bytes[first + i * size] = 0x47
    return bytes
  }
  expect(typeOf(Buffer.from('\0\0\x02\x08moov\0\0\0\x6cmvhd', 'latin1'))).toBe('video/quicktime')
  expect(typeOf(Buffer.from('\0\0\0\x08wide\0\x01\0\0mdat', 'latin1'))).toBe('video/quicktime')
  expect(typeOf(Buffer.from('\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm', 'latin1'))).toBe('video/webm')
  expect(typeOf(Buffer.from('\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska', 'latin1'))).toBe('video/x-matroska')
  expect(typeOf(Buffer.from('RIFF\0\0\0\0AVI LIST', 'latin1'))).toBe('video/x-msvideo')
  expect(typeOf(Buffer.from('\0\0\x01\xba\x44', 'latin1'))).toBe('video/mpeg')
  expect([typeOf(transport(188, 0, 4)), typeOf(transport(192, 4, 4)), typeOf(transport(188, 0, 3))]).toEqual([
    'video/mp2t',
    'video/mp2t',
    null,
  ])
})

test('playlists and scripts, which can refer to other files, are refused', () => {
  const texts = [
    '#EXTM3U\n#EXT-X-VERSION:3\n',
    "ffconcat version 1.0\nfile '/etc/passwd'\n",
    '<?xml version="1.0"?><MPD>',
    '[playlist]',
    'v=0\r\n',
  ]
  for (const text of texts) expect([text, typeOf(Buffer.from(text))]).toEqual([text, null])
})

test('short, empty and unknown files are refused', () => {
  for (const text of ['', '\xff', '\xff\xd8', 'GIF8', 'RIFF\0\0\0\0WAVE', '<svg', '%PDF-1.7', 'BM6', '\0\0\0\x0cftyp'])
    expect([text, typeOf(Buffer.from(text, 'latin1'))]).toEqual([text, null])
})
