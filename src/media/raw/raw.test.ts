import { expect, test } from 'bun:test'
import sharp from 'sharp'
import { codeOf, develop } from '../../../test/develop'
import { CORNERS, cornersOff, photo, tellTale } from '../../../test/photos'
import { rafFile, rawFile } from '../../../test/raw-files'
import { sniff } from '../sniff'

const jpeg = (width: number, height: number, orientation = 1) =>
  photo({ width, height, orientation }).jpeg({ quality: 95 }).toBuffer()
const withoutExif = async (bytes: Buffer) => sharp(bytes).jpeg({ quality: 95 }).toBuffer()

test('of a raw file the largest photo is shown that the camera has developed, upright', async () => {
  const thumbnail = await jpeg(160, 120)
  const preview = await jpeg(1200, 800)
  const turned = await withoutExif(await jpeg(1200, 800, 6))
  for (const file of [
    rawFile({ thumbnail, preview }),
    rawFile({ thumbnail: preview, isDng: true }),
    rawFile({ thumbnail, preview: turned, orientation: 6, isDng: true }),
    // the preview says itself how it is turned
    rawFile({ thumbnail, preview: await jpeg(1200, 800, 8), orientation: 6 }),
    rafFile(preview),
  ]) {
    const { width, height, files, note } = await develop(file)
    expect([width, height]).toEqual([1200, 800])
    expect(await cornersOff(await sharp(files.full).png().toBuffer(), CORNERS)).toBeLessThan(25)
    expect(note).toMatchObject({ code: 'raw_preview', values: { pixels: expect.stringMatching(/^\d+ x \d+$/) } })
  }
  const large = await develop(rawFile({ thumbnail, preview: await jpeg(2600, 100) }))
  expect(large.note).toBeUndefined()
})

test('a raw file without a large preview is refused with the name of its kind, and its data is never shown', async () => {
  const thumbnail = await jpeg(640, 480)
  for (const [file, variant] of [
    [rawFile({ thumbnail, isDng: true }), 'DNG'],
    [rawFile({ thumbnail }), 'RAW'],
    [rafFile(thumbnail), 'Fujifilm RAF'],
    [Buffer.from('\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'latin1'), 'Canon CR3'],
    [Buffer.from(`IIRO\b\0\0\0${'\0'.repeat(64)}`, 'latin1'), 'Olympus ORF'],
  ] as const) {
    expect(sniff(file)?.kind).toBe('image')
    await expect(develop(file)).rejects.toMatchObject({ code: 'raw', values: { variant } })
  }
})

test('places beyond the end, loops of directories and other compressed data are no previews', async () => {
  const thumbnail = await jpeg(1200, 800)
  const lossless = Buffer.from(thumbnail)
  lossless[lossless.indexOf(Buffer.of(0xff, 0xc0)) + 1] = 0xc3
  expect(await codeOf(rawFile({ thumbnail: lossless }))).toBe('raw')
  const cut = rawFile({ thumbnail: await jpeg(160, 120), preview: thumbnail })
  const at = cut.indexOf(thumbnail.subarray(0, 64))
  cut[at] = 0
  expect(await codeOf(cut)).toBe('raw')
  const looped = rawFile({ thumbnail: await jpeg(160, 120), isDng: true })
  looped.writeUInt32LE(looped.readUInt32LE(4), looped.length - 4)
  expect(await codeOf(looped)).toBe('raw')
  expect(await codeOf(rawFile({ thumbnail }).subarray(0, 300))).not.toBe('fine')
})

test('nothing of the metadata of a preview is published', async () => {
  const preview = await tellTale().resize(1200, 800).jpeg().toBuffer()
  const { files } = await develop(rawFile({ thumbnail: await jpeg(160, 120), preview }))
  for (const bytes of Object.values(files)) expect(Buffer.from(bytes).includes('Planted')).toBe(false)
})
