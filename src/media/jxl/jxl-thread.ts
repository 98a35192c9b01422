import { readFileSync } from 'node:fs'
import { initSync, JxlImage } from 'jxl-oxide-wasm'
import wasm from 'jxl-oxide-wasm/module.wasm' with { type: 'file' }
import { MAX_PIXELS } from '../limits'
import type { JxlReply } from './protocol'

/** The Bun worker that decodes one JPEG XL file and is then discarded, since WebAssembly never gives memory back. */

declare const self: Worker

self.onmessage = ({ data: path }: MessageEvent<string>) => {
  try {
    initSync({ module: readFileSync(wasm) })
    self.postMessage(decode(readFileSync(path)))
  } catch (error) {
    self.postMessage({ failed: String(error) } satisfies JxlReply)
  }
}

/**
 * The decoder turns the picture upright and writes the colours into the PNG: as a profile or as numbers. Of an animation
 * it makes the first picture.
 */
function decode(bytes: Uint8Array): JxlReply {
  const picture = new JxlImage()
  picture.feedBytes(bytes)
  if (!picture.tryInit()) return { failed: 'The header is incomplete.' }
  if ((picture.width ?? 0) * (picture.height ?? 0) > MAX_PIXELS) return { refused: 'too_many_pixels' }
  if (!picture.loaded) return { failed: 'The file is incomplete.' }
  return { png: picture.render(0).encodeToPng() }
}
