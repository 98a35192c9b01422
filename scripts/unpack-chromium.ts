import { existsSync } from 'node:fs'
import { chmod, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { version } from '../node_modules/@sparticuz/chromium/package.json'

const root = join(import.meta.dir, '..')
const packed = join(root, 'node_modules/@sparticuz/chromium/bin')
const unpacked = join(root, `node_modules/.cache/chromium-${version}`)
const fontSettings = join(unpacked, 'fonts.conf')

const unbrotli = promisify(brotliDecompress)
const read = async (name: string) => unbrotli(await Bun.file(join(packed, `${name}.br`)).bytes())

/**
 * Unpacks Chromium from an npm package together with the libraries that minimal systems lack, so tests need neither
 * root nor a download. Only the package's files are used, because its own launcher is made for another environment
 * (shared folders in /tmp, one process). The font in test/fixtures/fonts draws the letters; without a font, all text
 * would be blank in screenshots.
 */
export async function unpackChromium() {
  if (!existsSync(unpacked)) {
    const growing = `${unpacked}.${process.pid}`
    await mkdir(growing, { recursive: true })
    await Promise.all([
      read('chromium').then((bytes) => Bun.write(join(growing, 'chromium'), bytes)),
      read('al2023.tar').then((tar) => new Bun.Archive(tar).extract(growing)),
    ])
    await chmod(join(growing, 'chromium'), 0o755)
    await rename(growing, unpacked).catch(async (error) => {
      await rm(growing, { recursive: true })
      if (!existsSync(unpacked)) throw error // otherwise another process unpacked it first
    })
  }
  await writeFontSettings()
  return {
    executablePath: join(unpacked, 'chromium'),
    env: { LD_LIBRARY_PATH: join(unpacked, 'lib'), FONTCONFIG_FILE: fontSettings },
  }
}

/** The file names the folder of fonts by its full path, so it is written again after the project has moved. */
async function writeFontSettings() {
  const text = fonts()
  if (existsSync(fontSettings) && (await Bun.file(fontSettings).text()) === text) return
  const growing = `${fontSettings}.${process.pid}`
  await Bun.write(growing, text)
  await rename(growing, fontSettings) // another process may be reading the file at this moment
}

const fonts = () => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(root, 'test/fixtures/fonts')}</dir>
  <cachedir>${join(unpacked, 'fonts')}</cachedir>
</fontconfig>
`
