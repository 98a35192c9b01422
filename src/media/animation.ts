import sharp from 'sharp'
import type { Edit } from '../../shapes/edits'
import { sizeAfter } from './edit'
import type { Moving } from './moving/moving'
import { type Original, openMoving } from './original'
import { cropTo, readable } from './still'

/** Crops and turns each frame of an animation, which libvips does only with stills. */
export async function editAnimation(original: Original, edit: Edit): Promise<Original> {
  const frames = original.openAnimation().toColourspace('srgb').ensureAlpha().raw()
  const { data, info } = await readable(frames.toBuffer({ resolveWithObject: true }))
  const whole = { width: info.width, height: info.pageHeight ?? info.height, channels: 4 as const }
  const size = sizeAfter(whole, edit)
  const [bytes, bytesAfter] = [whole.width * whole.height * 4, size.width * size.height * 4]
  const count = Math.round(data.length / bytes)
  const pixels = Buffer.alloc(bytesAfter * count)
  for (let i = 0; i < count; i++) {
    const frame = data.subarray(i * bytes, (i + 1) * bytes)
    const cropped = await readable(
      cropTo(edit.crop, sharp(frame, { raw: whole }))
        .raw()
        .toBuffer(),
    )
    const { width, height } = edit.crop ?? whole
    const turned = sharp(cropped, { raw: { width, height, channels: 4 } }).rotate(edit.turn ?? 0)
    pixels.set(await readable(turned.raw().toBuffer()), i * bytesAfter)
  }
  const { delay = [], loop = 0 } = original.times ?? original.metadata
  const moving: Moving = { ...size, pixels, delay, loop }
  return openMoving(moving, original.metadata)
}
