import { expect, test } from 'bun:test'
import sharp from 'sharp'
import { photo } from '../../test/photos'
import { dataUrl, encodeBlurred } from './pictures'

test('a preview never shows the whole photo, however small the photo is', async () => {
  for (const [width, height, preview] of [
    [4000, 3000, [32, 24]],
    [128, 96, [32, 24]],
    [40, 30, [10, 8]],
    [32, 32, [8, 8]],
    [9, 100, [2, 25]],
    [4, 3, [1, 1]],
    [1, 1, [1, 1]],
  ] as const) {
    const blurred = await encodeBlurred(() => photo({ width, height }), { width, height })
    expect([width, [blurred.width, blurred.height]]).toEqual([width, [...preview]])
  }
})

test('a preview fits into a page, even for a photo of noise', async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 80 } as const
  const grain = () => sharp({ create: { width: 32, height: 32, channels: 4, background: '#777', noise } })
  const blurred = await encodeBlurred(grain, { width: 4000, height: 3000 })
  expect(Math.max(blurred.width, blurred.height)).toBeLessThanOrEqual(32)
  expect(dataUrl(blurred).length).toBeLessThanOrEqual(1000)
})
