import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { BunPlugin } from 'bun'

const root = join(import.meta.dir, '..')

/** Bun workers, each of which is bundled as an entry point of its own. */
export const workers = ['ffmpeg/core', 'ffmpeg/core-thread', 'jxl/jxl-thread'].map((name) =>
  join(root, `src/media/${name}.ts`),
)

/** Embeds ffmpeg's WebAssembly compressed to a quarter of its size: 8 MB instead of 32 for each of the two cores. */
export function ffmpegPlugin(): BunPlugin {
  return {
    name: 'ffmpeg',
    setup(build) {
      build.onResolve({ filter: /^@ffmpeg\/core(-mt)?\/wasm$/ }, ({ path }) => ({ path: compressed(dirname(path)) }))
    },
  }
}

/** Compressed once per version. A higher level takes a minute and saves only a tenth. */
function compressed(name: string): string {
  const folder = join(root, 'node_modules', name)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const target = join(root, 'dist/ffmpeg', `${basename(name)}-${version}.wasm.zst`)
  if (existsSync(target)) return target
  mkdirSync(dirname(target), { recursive: true })
  const temporary = `${target}.part`
  const bytes = Bun.zstdCompressSync(readFileSync(join(folder, 'dist/esm/ffmpeg-core.wasm')), { level: 12 })
  writeFileSync(temporary, bytes)
  renameSync(temporary, target)
  return target
}
