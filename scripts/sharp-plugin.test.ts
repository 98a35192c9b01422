import { expect, test } from 'bun:test'
import { copyFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from '../test/compiled'
import { jxl } from '../test/jxl-files'
import { photo } from '../test/photos'
import { sharpPlugin } from './sharp-plugin'

const CONVERT = `
  for (const input of ['photo.jpg', 'photo.heic', 'photo.jxl'])
    console.log(input, (await worker.image({ input, output: '.' })).width)`

test('one executable in an empty folder with an empty environment makes renditions of JPEG, HEIC and JPEG XL', async () => {
  using program = await compile(CONVERT, [sharpPlugin()])
  copyFileSync(join(import.meta.dir, '../test/fixtures/upright-p3.heic'), join(program.folder, 'photo.heic'))
  await Bun.write(join(program.folder, 'photo.jpg'), await photo().jpeg().toBuffer())
  await Bun.write(join(program.folder, 'photo.jxl'), await jxl(photo()))
  expect(program.run()).toBe('photo.jpg 120\nphoto.heic 128\nphoto.jxl 120\n')
  const [version] = readdirSync(join(program.folder, 'native'))
  expect(readdirSync(join(program.folder, 'native', version!)).length).toBe(2)
})

test('an error names the package that is not installed', async () => {
  const entry = join(import.meta.dir, '../src/media/original.ts')
  const error = await Bun.build({ entrypoints: [entry], target: 'bun', plugins: [sharpPlugin('linux-nothing')] }).catch(
    (error) => error,
  )
  expect(Bun.inspect(error)).toContain('@img/sharp-linux-nothing is not installed')
})
