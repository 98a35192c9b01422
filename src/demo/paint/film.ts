import { unpackNativeTo } from '../../media/native'
import { aviOf } from './avi'
import { type Clip, clips } from './clips'
import { develop, type Film, type Picture } from './picture'
import { type Scene, scenes } from './scenes'

/** The names of all pictures and clips. */
export type SceneName = keyof typeof scenes
export type ClipName = keyof typeof clips

/** Frames of a clip in each second. */
const RATE = 15

/**
 * Paints a scene as a JPEG, or a clip as a film of JPEGs, which every decoder of videos can read. `nativeDir` is where
 * the library for JPEG is unpacked.
 */
export async function film(name: string, nativeDir: string): Promise<Uint8Array> {
  unpackNativeTo(nativeDir)
  const { default: sharp } = await import('sharp')
  const jpeg = ({ width, height, light }: Picture, film: Film | undefined, quality: number) =>
    sharp(develop({ width, height, light }, film), { raw: { width, height, channels: 3 } })
      .jpeg({ quality, chromaSubsampling: '4:4:4' })
      .toBuffer()
  if (isClip(name)) {
    const { size, frames, film, paint }: Clip = clips[name]
    const images: Uint8Array[] = []
    for (let i = 0; i < frames; i++) images.push(await jpeg(paint(size, i / RATE), { ...film, seed: i }, 84))
    return aviOf(images, { ...size, rate: RATE })
  }
  const { size, film, paint }: Scene = scenes[name as SceneName]
  return jpeg(paint(size), film, 88)
}

export const isClip = (name: string): name is ClipName => Object.hasOwn(clips, name)
export const isScene = (name: string): name is SceneName => Object.hasOwn(scenes, name)
