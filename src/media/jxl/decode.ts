import { BadMedia } from '../errors'
import type { DecodeFrame, Moving } from '../moving/moving'
import type { JxlFrames, JxlReply } from './protocol'

/** Converts a JPEG XL file to PNG, which libvips reads, with the same colours. */
export async function readJxl(path: string): Promise<JxlFrames> {
  // a file beside this one, or in the executable a bundle beside this bundle
  const worker = new Worker(new URL(`./jxl-thread${import.meta.url.slice(-3)}`, import.meta.url).href)
  try {
    const reply = await new Promise<JxlReply>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<JxlReply>) => resolve(data)
      worker.onerror = ({ message }) => reject(new Error(message))
      worker.postMessage(path)
    })
    if ('refused' in reply) throw new BadMedia(reply.refused)
    if ('failed' in reply) throw new BadMedia('unreadable', { cause: reply.failed })
    return reply
  } finally {
    worker.terminate()
  }
}

/** Decodes the frames of a moving JPEG XL, all of which have the size of the picture. */
export async function joinFrames(
  { pngs, delay, loop }: JxlFrames,
  { width, height }: { width: number; height: number },
  decode: DecodeFrame,
): Promise<Moving> {
  const pixels = Buffer.alloc(width * height * 4 * pngs.length)
  for (const [i, png] of pngs.entries()) pixels.set(await decode(Buffer.from(png)), i * width * height * 4)
  return { width, height, pixels, delay, loop }
}
