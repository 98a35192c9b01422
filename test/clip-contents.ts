import { join } from 'node:path'
import sharp from 'sharp'
import { embeddedEngine } from '../src/media/ffmpeg/embedded'
import { INPUT, OUTPUT } from '../src/media/ffmpeg/engine'

const nameOf = ([r, g, b]: number[]) => (b! > 150 && r! < 100 ? 'blue' : r! > 150 ? 'red' : g! > 150 ? 'lime' : 'other')

/**
 * Looks at everything that is in a video, whether it plays or not. The engine that decodes it does not depend on the
 * machine. `dir` is a folder for temporary files.
 */
export function openEyes(dir: string) {
  const eyes = embeddedEngine(dir, 0)

  async function everythingIn(input: string, ...args: string[]): Promise<Buffer> {
    const output = join(dir, crypto.randomUUID())
    const all = ['-v', 'error', '-ignore_editlist', '1', '-i', INPUT, '-vsync', '0', ...args, OUTPUT]
    const ended = await eyes.run({ program: 'ffmpeg', args: all, input, output, timeoutMs: 60_000 })
    if (!ended.ok) throw new Error(ended.log)
    return Buffer.from(await Bun.file(output).bytes())
  }

  return {
    eyes,
    /** The colours of all frames in the file, in order, such as `red red blue`. */
    async coloursIn(input: string): Promise<string[]> {
      const pixels = await everythingIn(input, '-map', '0:v', '-vf', 'scale=1:1', '-pix_fmt', 'rgb24', '-f', 'rawvideo')
      return Array.from({ length: pixels.length / 3 }, (_, i) => nameOf([...pixels.subarray(i * 3, i * 3 + 3)]))
    },
    /** The loudest sample in the file, from 0 to 1. */
    async loudestIn(input: string): Promise<number> {
      const sound = await everythingIn(input, '-map', '0:a', '-f', 's16le')
      const samples = new Int16Array(sound.buffer, sound.byteOffset, sound.length / 2)
      return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) / 32768
    },
  }
}

/** The colour of a picture on average. */
export async function colourOf(picture: string): Promise<string> {
  const { channels } = await sharp(picture).stats()
  return nameOf(channels.map(({ mean }) => mean))
}
