import sharp from 'sharp'
import { installedFfmpeg } from '../../src/media/ffmpeg/find'
import { MARKER } from '../clips'

/**
 * The colours of the left and right half (six numbers) of a picture, or of some frames of a video if an ffmpeg is
 * installed.
 */
export async function colourOf(path: string): Promise<number[][]> {
  if (path.endsWith('.webp')) {
    const picture = await Bun.file(path).bytes() // libvips caches pictures by their path
    const halves = await sharp(picture).removeAlpha().resize(2, 1, { fit: 'fill', kernel: 'cubic' }).raw().toBuffer()
    return [[...halves]]
  }
  const ffmpeg = installedFfmpeg(process.env.PATH ?? '')
  if (ffmpeg === 'embedded') return []
  const args = [
    '-v',
    'quiet',
    '-i',
    path,
    '-vf',
    'fps=5,format=rgb24,scale=2:1:flags=area',
    '-pix_fmt',
    'rgb24',
    '-f',
    'rawvideo',
    '-t',
    '10',
    '-',
  ]
  const { stdout } = Bun.spawn([ffmpeg.ffmpeg, ...args], { stdin: 'ignore', stderr: 'ignore' })
  const frames = await new Response(stdout).bytes()
  return Array.from({ length: Math.floor(frames.length / 6) }, (_, i) => [...frames.subarray(i * 6, i * 6 + 6)])
}

const WANTED = MARKER.flatMap((hex) => [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)))

export const showsMarker = (colours: number[]) => colours.every((value, i) => Math.abs(value - WANTED[i]!) < 25)
