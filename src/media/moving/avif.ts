import { findBox } from '../boxes'
import { checkSize, type DecodeFrame, type Moving } from './moving'
import { stillOf } from './still'
import { readTracks, type Sample, type Track } from './track'

const MOST_INDEX_BYTES = 16 * 1024 ** 2

/** How many pixels may be decoded for an animation, counting those of frames that are decoded again for later ones. */
const MOST_DECODED_PIXELS = 2_000_000_000

/**
 * Decodes a moving AVIF. Of one that does not move or would take too long, the still picture is shown.
 *
 * libvips decodes only still pictures. But when it gets the data of a frame behind that of all frames on which it
 * depends, the decoder goes through all of them and returns the last one.
 */
export async function readMovingAvif(path: string, decode: DecodeFrame): Promise<Moving | null | 'too much'> {
  const tracks = await tracksOf(path)
  const picture = pictureOf(tracks)
  if (!picture || picture.samples.length < 2) return null
  const { width, height, samples } = picture
  checkSize({ width, height }, samples.length)
  const alpha = tracks.find(({ handler, ...track }) => handler === 'auxv' && track.samples.length === samples.length)
  const needed = [picture, ...(alpha ? [alpha] : [])].reduce((sum, track) => sum + framesToDecode(track.samples), 0)
  if (needed * width * height > MOST_DECODED_PIXELS) return 'too much'
  const file = Buffer.from(await Bun.file(path).bytes())
  const frameBytes = width * height * 4
  const pixels = Buffer.alloc(frameBytes * samples.length)
  for (const i of samples.keys()) {
    const colours = await decode(frameOf(file, picture, i))
    if (alpha) addTransparency(colours, await decode(frameOf(file, alpha, i)))
    if (colours.length !== frameBytes) return null // a frame has another size than the track says
    colours.copy(pixels, i * frameBytes)
  }
  return { width, height, pixels, delay: samples.map(({ milliseconds }) => milliseconds), loop: 0 }
}

/** The first frame of a moving AVIF or HEIC as a file of its own. Null when there is none. */
export async function firstPicture(path: string): Promise<Buffer | null> {
  const picture = pictureOf(await tracksOf(path))
  return picture?.samples.length ? frameOf(Buffer.from(await Bun.file(path).bytes()), picture, 0) : null
}

const pictureOf = (tracks: Track[]) => tracks.find(({ handler }) => handler === 'pict' || handler === 'vide')

async function tracksOf(path: string): Promise<Track[]> {
  try {
    const index = await findBox(path, 'moov', MOST_INDEX_BYTES)
    return index ? readTracks(index) : []
  } catch (error) {
    if (error instanceof RangeError) return []
    throw error
  }
}

/** The first of the frames on which a frame depends. */
const startOf = (samples: Sample[], at: number) => {
  let start = at
  while (start > 0 && !samples[start]!.isSync) start--
  return start
}

const framesToDecode = (samples: Sample[]) => samples.reduce((sum, _, at) => sum + at - startOf(samples, at) + 1, 0)

function frameOf(file: Buffer, track: Track, at: number): Buffer {
  const needed = track.samples.slice(startOf(track.samples, at), at + 1)
  const data = Buffer.concat(needed.map(({ from, bytes }) => file.subarray(from, from + bytes)))
  return stillOf(track, data)
}

/** The transparency of each pixel is the brightness of the same pixel in another track. */
function addTransparency(colours: Buffer, alpha: Buffer) {
  for (let at = 0; at < colours.length && at < alpha.length; at += 4) colours[at + 3] = alpha[at]!
}
