import { expect, test } from 'bun:test'
import sharp from 'sharp'
import { photo } from '../../test/photos'
import { wrapAsTiff } from './tiff'

function* rowsOf(pixels: Uint8Array, rowBytes: number) {
  for (let at = 0; at < pixels.length; at += rowBytes) yield pixels.subarray(at, at + rowBytes)
}

test('pixels are preserved with their transparency and colour profile', async () => {
  const { icc } = await sharp(await photo().withIccProfile('p3').png().toBuffer()).metadata()
  for (const [width, height] of [
    [1, 1],
    [3, 5],
    [64, 16],
    [31, 100],
  ] as const)
    for (const channels of [3, 4] as const)
      for (const profile of [null, icc!]) {
        const pixels = crypto.getRandomValues(new Uint8Array(width * height * channels))
        const tiff = sharp(
          wrapAsTiff({ width, height, channels, bits: 8, rows: rowsOf(pixels, width * channels), icc: profile }),
          {
            ignoreIcc: true,
          },
        )
        const metadata = await tiff.metadata()
        expect(metadata).toMatchObject({
          format: 'tiff',
          width,
          height,
          channels,
          hasAlpha: channels === 4,
          hasProfile: profile !== null,
        })
        if (profile) expect(metadata.icc).toEqual(profile)
        expect(new Uint8Array(await tiff.raw().toBuffer())).toEqual(pixels)
      }
})
