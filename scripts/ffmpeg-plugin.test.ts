import { expect, test } from 'bun:test'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ffmpegPlugin, workers } from './ffmpeg-plugin'
import { sharpPlugin } from './sharp-plugin'

const root = join(import.meta.dir, '..')

/** A small program that is also its own media worker, like the product. */
const program = `
  if (process.argv[2] === 'media-worker') {
    const { runMediaWorker } = await import('${root}/src/media/worker')
    await runMediaWorker(process.argv.slice(3))
  }
  const { createMediaWorker } = await import('${root}/src/media/client')
  const { mediaWorkerCommand } = await import('${root}/src/media/command')
  const worker = createMediaWorker({ command: mediaWorkerCommand(), nativeDir: 'native', workersDir: 'workers' })
  const { width, height, duration } = await worker.video({ input: 'clip', output: '.' })
  console.log(width, height, Math.round(duration))
  await worker.stop()`

test('one executable in an empty folder with an empty environment converts a phone’s HEVC video to MP4', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-executable-'))
  try {
    const entry = join(dir, 'program.ts')
    await Bun.write(entry, program)
    const compile = { outfile: join(dir, 'program'), executablePath: process.execPath } as Bun.CompileBuildOptions
    const plugins = [sharpPlugin(), ffmpegPlugin()]
    const naming = { entry: '[name].[ext]' }
    await Bun.build({ entrypoints: [entry, ...workers], target: 'bun', splitting: true, naming, plugins, compile })
    const empty = join(dir, 'empty')
    mkdirSync(empty)
    copyFileSync(join(root, 'test/fixtures/hlg-turned.mov'), join(empty, 'clip'))
    const { stdout, stderr } = Bun.spawnSync([join(dir, 'program')], { cwd: empty, env: {} })
    expect(stdout.toString() || stderr.toString()).toBe('240 320 1\n')
    const mp4 = await Bun.file(join(empty, 'full/mp4.mp4')).text()
    expect([mp4.includes('avc1'), mp4.includes('37.56')]).toEqual([true, false])
  } finally {
    rmSync(dir, { recursive: true })
  }
})
