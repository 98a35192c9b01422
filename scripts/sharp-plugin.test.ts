import { expect, test } from 'bun:test'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jxl } from '../test/jxl-files'
import { photo } from '../test/photos'
import { workers } from './ffmpeg-plugin'
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
  for (const input of ['photo.jpg', 'photo.heic', 'photo.jxl'])
    console.log(input, (await worker.image({ input, output: '.' })).width)
  await worker.stop()`

test('one executable in an empty folder with an empty environment makes renditions of JPEG, HEIC and JPEG XL', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-executable-'))
  try {
    const entry = join(dir, 'program.ts')
    await Bun.write(entry, program)
    const compile = { outfile: join(dir, 'program'), executablePath: process.execPath } as Bun.CompileBuildOptions
    const naming = { entry: '[name].[ext]' }
    const entrypoints = [entry, ...workers]
    await Bun.build({ entrypoints, target: 'bun', splitting: true, naming, plugins: [sharpPlugin()], compile })
    const empty = join(dir, 'empty')
    mkdirSync(empty)
    copyFileSync(join(root, 'test/fixtures/upright-p3.heic'), join(empty, 'photo.heic'))
    await Bun.write(join(empty, 'photo.jpg'), await photo().jpeg().toBuffer())
    await Bun.write(join(empty, 'photo.jxl'), await jxl(photo()))
    const { stdout, stderr } = Bun.spawnSync([join(dir, 'program')], { cwd: empty, env: {} })
    expect(stdout.toString() || stderr.toString()).toBe('photo.jpg 120\nphoto.heic 128\nphoto.jxl 120\n')
    const [version] = readdirSync(join(empty, 'native'))
    expect(readdirSync(join(empty, 'native', version!)).length).toBe(2)
  } finally {
    rmSync(dir, { recursive: true })
  }
})

test('an error names the package that is not installed', async () => {
  const entry = join(root, 'src/media/original.ts')
  const error = await Bun.build({ entrypoints: [entry], target: 'bun', plugins: [sharpPlugin('linux-nothing')] }).catch(
    (error) => error,
  )
  expect(Bun.inspect(error)).toContain('@img/sharp-linux-nothing is not installed')
})
