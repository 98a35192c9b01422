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
    const core = await load(data)
    reply(run(core, data))
  } catch (error) {
    reply({ failed: String(error instanceof Error ? error.stack : error) })
  }
}

async function load({ core, module }: CoreRequest): Promise<Core> {
  const instantiateWasm = (
    imports: Bun.WebAssembly.Imports,
    received: (instance: WebAssembly.Instance, module: WebAssembly.Module) => object,
  ) => received(new WebAssembly.Instance(module, imports), module)
  if (core === 'plain') {
    const { default: createCore } = await import('@ffmpeg/core')
    return createCore({ instantiateWasm })
  }
  const { default: createCore } = await import('@ffmpeg/core-mt')
  const addresses = { wasmURL: '', workerURL: workerUrl('core-thread') }
  return createCore({ instantiateWasm, mainScriptUrlOrBlob: `#${btoa(JSON.stringify(addresses))}` })
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
