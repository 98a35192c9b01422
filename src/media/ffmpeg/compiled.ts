import { readFileSync } from 'node:fs'
import type { CoreRequest } from './core-protocol'

const ZSTD_MAGIC = 0xfd2fb528

const compiled = new Map<CoreRequest['core'], Promise<WebAssembly.Module>>()

/**
 * Compiles a core once for all runs of this process. The machine code that JavaScriptCore makes for its hot functions
 * belongs to the module, so later runs also start with it.
 */
export function compiledCore(core: CoreRequest['core']): Promise<WebAssembly.Module> {
  const module = compiled.get(core) ?? compile(core)
  compiled.set(core, module)
  return module
}

async function compile(core: CoreRequest['core']): Promise<WebAssembly.Module> {
  const { default: path } = await (core === 'plain' ? import('@ffmpeg/core/wasm') : import('@ffmpeg/core-mt/wasm'))
  return WebAssembly.compile(readWasm(path))
}

/** Reads the WebAssembly, which is compressed in the executable. */
function readWasm(path: string): Uint8Array<ArrayBuffer> {
  const bytes = readFileSync(path)
  const wasm = bytes.readUInt32LE(0) === ZSTD_MAGIC ? Bun.zstdDecompressSync(bytes) : bytes
  return wasm as Uint8Array<ArrayBuffer> // never shared memory
}
