import { expect, test } from 'bun:test'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from '../test/compiled'
import { ffmpegPlugin } from './ffmpeg-plugin'
import { sharpPlugin } from './sharp-plugin'

const CONVERT = `
  const { width, height, duration } = await worker.video({ input: 'clip', output: '.' })
  console.log(width, height, Math.round(duration))`

test('one executable in an empty folder with an empty environment converts a phone’s HEVC video to MP4', async () => {
  using program = await compile(CONVERT, [sharpPlugin(), ffmpegPlugin()])
  copyFileSync(join(import.meta.dir, '../test/fixtures/hlg-turned.mov'), join(program.folder, 'clip'))
  expect(program.run()).toBe('240 320 1\n')
  const mp4 = await Bun.file(join(program.folder, 'full/mp4.mp4')).text()
  expect([mp4.includes('avc1'), mp4.includes('37.56')]).toEqual([true, false])
})
