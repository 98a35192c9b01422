import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BunPlugin } from 'bun'
import { workers } from '../scripts/ffmpeg-plugin'

const root = join(import.meta.dir, '..')

/** A small program that is also its own media worker, like the product. `calls` are what it does with the worker. */
const programThat = (calls: string) => `
  if (process.argv[2] === 'media-worker') {
    const { runMediaWorker } = await import('${root}/src/media/worker')
    await runMediaWorker(process.argv.slice(3))
  }
  const { createMediaWorker } = await import('${root}/src/media/client')
  const { mediaWorkerCommand } = await import('${root}/src/media/command')
  const worker = createMediaWorker({ command: mediaWorkerCommand(), nativeDir: 'native', workersDir: 'workers' })
  ${calls}
  await worker.stop()`

/**
 * Compiles such a program to one executable. `folder` is the empty folder in which `run` runs it, with an empty
 * environment. `run` returns what it printed.
 */
export async function compile(calls: string, plugins: BunPlugin[]) {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-executable-'))
  const entry = join(dir, 'program.ts')
  await Bun.write(entry, programThat(calls))
  const compile = { outfile: join(dir, 'program'), executablePath: process.execPath } as Bun.CompileBuildOptions
  const naming = { entry: '[name].[ext]' }
  await Bun.build({ entrypoints: [entry, ...workers], target: 'bun', splitting: true, naming, plugins, compile })
  const folder = join(dir, 'empty')
  mkdirSync(folder)
  return {
    folder,
    run() {
      const { stdout, stderr } = Bun.spawnSync([join(dir, 'program')], { cwd: folder, env: {} })
      return stdout.toString() || stderr.toString()
    },
    [Symbol.dispose]: () => rmSync(dir, { recursive: true }),
  }
}
