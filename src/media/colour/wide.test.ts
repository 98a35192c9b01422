import { expect, test } from 'bun:test'
import sharp from 'sharp'
import { develop } from '../../../test/develop'
import { codedIn, colourNumbers, heifFile } from '../../../test/heif-files'
import { pngChunk } from '../../../test/photos'
import { RED, tagged, vivid } from '../../../test/vivid-photos'

/** The stored values of the first pixel, and the profile to which they belong. */
async function stored(file: Uint8Array) {
  const { icc } = await sharp(file).metadata()
  const [r, g, b] = await sharp(file, { ignoreIcc: true }).raw().toBuffer()
  return { icc, colour: [r!, g!, b!] }
}

const off = (colour: number[], wanted: number[]) => Math.max(...colour.map((value, i) => Math.abs(value - wanted[i]!)))

test('a vivid photo in Display P3 keeps its colours in large, and is in sRGB in small', async () => {
  const { files, placeholder } = await develop(await tagged(vivid(), 'p3'))
  const full = await stored(files.full)
  expect([off(full.colour, RED) < 6, full.icc?.length]).toEqual([true, 480])
  for (const small of [files.thumb, files.blurred]) {
    const { icc, colour } = await stored(small)
    expect([icc, off(colour, [255, 0, 10]) < 20 || colour]).toEqual([undefined, true])
  }
  expect(placeholder.length).toBeLessThan(1000)
})

test('so it is when it is cropped and turned, when numbers name its colours, and in HEIC and AVIF', async () => {
  const png = await vivid().png().toBuffer()
  const numbered = Buffer.concat([png.subarray(0, 33), pngChunk('cICP', Buffer.of(12, 13, 0, 1)), png.subarray(33)])
  const coded = codedIn(await vivid().avif({ quality: 95, effort: 0, chromaSubsampling: '4:4:4' }).toBuffer())
  const crop = { x: 0, y: 0, width: 700, height: 500 }
  const made = [
    await develop(await tagged(vivid(), 'p3'), { crop, turn: 90 }),
    await develop(numbered),
    await develop(heifFile(coded, { colours: colourNumbers(12, 13, 6) })),
  ]
  const red = (file: Uint8Array) =>
    sharp(file, { ignoreIcc: true }).extract({ left: 480, top: 20, width: 1, height: 1 })
  for (const { files } of made) {
    const colour = [...(await red(files.full).raw().toBuffer())]
    expect([off(colour, RED) < 8 || colour, (await sharp(files.full).metadata()).icc?.length]).toEqual([true, 480])
  }
})

test('what shows no colours besides those of sRGB is in sRGB, and so are other profiles', async () => {
  const moved = (icc: Buffer) => {
    const at = icc.readUInt32BE(icc.indexOf('gXYZ') + 4)
    icc.writeInt32BE(Math.round(0.25 * 65_536), at + 8)
    return icc
  }
  const files = [
    await tagged(vivid(0), 'p3'),
    await tagged(vivid(0.005), 'p3'),
    await tagged(vivid(), 'srgb'),
    await tagged(vivid(), 'p3', moved),
    await tagged(vivid(), 'p3', (icc) => icc.subarray(0, 200)),
  ]
  for (const file of files) expect((await stored((await develop(file)).files.full)).icc).toBeUndefined()
})
