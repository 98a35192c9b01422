import { expect, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { noticesOf } from './notices'

const files = [
  'src/main.ts',
  'node_modules/hono/dist/hono.js',
  'node_modules/hono/dist/jsx/index.js',
  'node_modules/htmx.org/dist/htmx.esm.js',
]

test('notices name each package in the bundle once, with its version and text, and no other package', async () => {
  const { version } = await Bun.file('node_modules/hono/package.json').json()
  const text = await noticesOf(files)
  expect(text.split(`hono ${version}`).length - 1).toBe(2) // in the list, and above its text
  expect(text).toContain('Zero-Clause BSD')
  expect(text).not.toContain('zod')
})

test('notices name libvips and its libraries, Bun with SQLite, and the licences that they refer to', async () => {
  const libvips = readdirSync('node_modules/@img').find((name) => name.startsWith('sharp-libvips-'))
  const text = await noticesOf([`node_modules/@img/${libvips}/lib/libvips-cpp.so`])
  const long = ['GNU AFFERO GENERAL PUBLIC LICENSE', 'GNU LESSER GENERAL PUBLIC LICENSE', 'GNU GENERAL PUBLIC LICENSE']
  for (const part of ['librsvg', 'Versions: ', `Bun ${Bun.version}`, 'SQLite', 'JavaScriptCore', ...long])
    expect(text).toContain(part)
})

test('notices name ffmpeg and the libraries compiled into it', async () => {
  const text = await noticesOf(['node_modules/@ffmpeg/core-mt/dist/esm/ffmpeg-core.js'])
  for (const part of ['FFmpeg 5.1.4', 'x264', 'libvpx', 'GPL-2.0-or-later', 'GNU GENERAL PUBLIC LICENSE'])
    expect(text).toContain(part)
})

test('packages that were copied into the repository are named like the installed ones', async () => {
  const text = await noticesOf(['views/parts/lucide/bell.svg'])
  const { name, version } = await Bun.file('views/parts/lucide/package.json').json()
  for (const part of [`${name} ${version}`, 'https://lucide.dev', 'Lucide Icons and Contributors', 'Cole Bemis'])
    expect(text).toContain(part)
})
