import { readFileSync } from 'node:fs'
import { type CoreReply, type CoreRequest, MOUNT } from './core-protocol'
import type { Core } from './core-types'
import { hostFiles } from './host-files'
import { pretendLocation } from './location'
import { workerUrl } from './worker-url'

/** The Bun worker that runs ffmpeg as WebAssembly. It runs one command line and is then discarded. */

declare const self: Worker

pretendLocation()
const reply = (message: CoreReply) => self.postMessage(message)

self.onmessage = async ({ data }: MessageEvent<CoreRequest>) => {
  try {
    const core = await load(data.core)
    reply(run(core, data))
  } catch (error) {
    reply({ failed: String(error instanceof Error ? error.stack : error) })
  }
}

async function load(kind: CoreRequest['core']): Promise<Core> {
  if (kind === 'plain') {
    const [{ default: createCore }, { default: wasm }] = await Promise.all([
      import('@ffmpeg/core'),
      import('@ffmpeg/core/wasm'),
    ])
    return createCore({ wasmBinary: readWasm(wasm) })
  }
  const [{ default: createCore }, { default: wasm }] = await Promise.all([
    import('@ffmpeg/core-mt'),
    import('@ffmpeg/core-mt/wasm'),
  ])
  const addresses = { wasmURL: '', workerURL: workerUrl('core-thread') }
  return createCore({ wasmBinary: readWasm(wasm), mainScriptUrlOrBlob: `#${btoa(JSON.stringify(addresses))}` })
}

const ZSTD_MAGIC = 0xfd2fb528

/** Reads the WebAssembly, which is compressed in the executable. */
function readWasm(path: string): Uint8Array {
  const bytes = readFileSync(path)
  return bytes.readUInt32LE(0) === ZSTD_MAGIC ? Bun.zstdDecompressSync(bytes) : bytes
}

/** Runs ffmpeg. A malicious file may crash it, but the crash stays inside the core. */
function run(core: Core, { program, args, files }: CoreRequest): CoreReply {
  core.setLogger(({ message }) => reply({ log: message }))
  core.setProgress(({ time }) => reply({ seconds: time / 1e6 }))
  core.FS.mkdir(MOUNT)
  core.FS.mount(hostFiles(core.FS, files), {}, MOUNT)
  try {
    if (program === 'ffmpeg') core.exec(...args)
    else core.ffprobe(...args)
    return { ended: core.ret }
  } catch (error) {
    return { crashed: String(error) }
  }
}
