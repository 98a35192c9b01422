import { deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { photo, pngChunk } from './photos'

const WIDTH = 800
const HEIGHT = 600

/** A red that only Display P3 has, and a grey that all have. The red covers this part of the picture. */
export const RED = [250, 20, 30]
export const vivid = (part = 0.5): Sharp => {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3, 128)
  for (let at = 0; at < WIDTH * HEIGHT * part; at++) pixels.set(RED, at * 3)
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
}

/** Names the stored colours by a profile. */
export async function tagged(picture: Sharp, profile: 'p3' | 'srgb', change = (icc: Buffer) => icc): Promise<Buffer> {
  const png = await picture.png({ palette: false }).toBuffer()
  const { icc } = await sharp(await photo().withIccProfile(profile).png().toBuffer()).metadata()
  const chunk = pngChunk('iCCP', Buffer.concat([Buffer.from('x\0\0'), deflateSync(change(icc!))]))
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)])
}
