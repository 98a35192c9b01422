import { expect, test } from 'bun:test'
import { animation, fixture, photo } from '../../test/photos'
import { SNIFF_BYTES, sniff } from './sniff'

const typeOf = (bytes: Uint8Array) => sniff(bytes.subarray(0, SNIFF_BYTES))?.type ?? null
const box = (major: string, ...others: string[]) => {
  const bytes = Buffer.from(`\0\0\0\0ftyp${major}\0\0\0\0${others.join('')}mdat`, 'latin1')
  bytes.writeUInt32BE(16 + others.length * 4)
  return bytes
}

test('real files are told apart by their first bytes', async () => {
  expect(typeOf(await photo().jpeg().toBuffer())).toBe('image/jpeg')
  expect(typeOf(await photo().png().toBuffer())).toBe('image/png')
  expect(typeOf(await photo().webp().toBuffer())).toBe('image/webp')
  expect(typeOf(await photo().tiff().toBuffer())).toBe('image/tiff')
  expect(typeOf(await photo().avif({ effort: 0 }).toBuffer())).toBe('image/avif')
  expect(typeOf(await animation('gif'))).toBe('image/gif')
  expect(typeOf(await fixture('upright-p3.heic'))).toBe('image/heic')
})

test('of the many brands of one container, still pictures are taken and videos are not', () => {
  expect(typeOf(box('heic', 'mif1', 'MiHE', 'MiPr', 'miaf', 'MiHB', 'heic'))).toBe('image/heic')
  expect(typeOf(box('heix', 'mif1'))).toBe('image/heic')
  expect(typeOf(box('mif1', 'mif1', 'heic'))).toBe('image/heic')
  expect(typeOf(box('mif1', 'mif1', 'avif', 'miaf'))).toBe('image/avif')
  expect(typeOf(box('msf1', 'hevc'))).toBe('image/heic')
  expect(typeOf(box('mif1', 'mif1'))).toBe('image/heif')
  expect(typeOf(box('isom', 'iso2', 'avc1', 'mp41'))).toBeNull()
  expect(typeOf(box('qt  ', 'qt  '))).toBeNull()
  expect(typeOf(box('mp42', 'mif1'))).toBeNull()
})

test('what comes after the first box is no brand', () => {
  expect(typeOf(Buffer.concat([box('mif1'), Buffer.from('avif')]))).toBe('image/heif')
})

test('short, empty and other files are nothing', () => {
  for (const text of ['', '\xff', '\xff\xd8', 'GIF8', 'RIFF\0\0\0\0WAVE', '<svg', '%PDF-1.7', 'BM6', '\0\0\0\x0cftyp'])
    expect([text, typeOf(Buffer.from(text, 'latin1'))]).toEqual([text, null])
})
