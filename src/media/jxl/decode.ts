import { BadMedia } from '../errors'
import type { JxlReply } from './protocol'

/** Converts a JPEG XL photo to PNG, which libvips reads, with the same colours. */
export async function jxlToPng(path: string): Promise<Buffer> {
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
    return Buffer.from(reply.png)
  } finally {
    worker.terminate()
  }
}
