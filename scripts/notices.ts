import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dir, '..')

type Package = { name: string; version: string; license: string; homepage: string; text: string }

const read = (path: string) => Bun.file(join(root, path)).text()
const readJson = (path: string) => Bun.file(join(root, path)).json()
const line = (letter: string) => letter.repeat(100)

/** The text SPDX keeps for a licence, as `MIT`. */
const standardText = async (license: string): Promise<string> =>
  (await readJson(`node_modules/spdx-license-list/licenses/${license}.json`)).licenseText

async function licenceText(folder: string, license: string, holder: string) {
  const files = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
  if (!files.length)
    return `${await librariesIn(folder)}${(await standardText(license)).replace('<year> <copyright holders>', holder)}`
  return (await Promise.all(files.map((file) => read(`${folder}/${file}`)))).join('\n\n')
}

/** What ffmpeg's core says of itself (`-buildconf`), and what its makers' build file names for it. */
const IN_FFMPEG = [
  'It is made of FFmpeg 5.1.4 (GPL 2 or later, as it is built with x264 and x265) and, compiled into it,',
  'x264 and x265 (GPL 2 or later), LAME (LGPL 2 or later), libvpx, libogg, libtheora, libvorbis, Opus, libwebp (BSD 3-Clause),',
  'zlib (zlib), FreeType (FreeType License or GPL 2), FriBidi (LGPL 2.1 or later), HarfBuzz (MIT), libass (ISC), zimg (WTFPL).',
  'Source, and how it is built: https://github.com/ffmpegwasm/ffmpeg.wasm',
]

/** Some packages are many libraries: their own words on their licences, and their versions. */
async function librariesIn(folder: string) {
  if (folder.includes('/@ffmpeg/core')) return `${IN_FFMPEG.join('\n')}\n\n`
  if (!folder.includes('/@img/sharp-libvips-')) return ''
  const versions: Record<string, string> = await readJson(`${folder}/versions.json`)
  const list = Object.entries(versions).map(([library, version]) => `${library} ${version}`)
  return `${await read(`${folder}/README.md`)}\nVersions: ${list.join(', ')}\n\nSource: https://github.com/lovell/sharp-libvips\n\n`
}

/** The packages that files of a bundle come from: not what is installed, but what is in it. */
async function packagesOf(files: string[]): Promise<Package[]> {
  const folders = files.map((file) => file.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0])
  return Promise.all(
    [...new Set(folders.filter((folder) => folder !== undefined))].sort().map(async (folder) => {
      const { name, version, license, homepage, author } = await readJson(`${folder}/package.json`)
      if (typeof license !== 'string') throw new Error(`${name} does not say its licence in package.json`)
      const by = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`)
      return {
        name,
        version,
        license,
        homepage: homepage ?? `https://www.npmjs.com/package/${name}`,
        text: await licenceText(folder, license, by),
      }
    }),
  )
}

function notices(own: string, bun: string, gpl: string, packages: Package[]) {
  const list = packages.map(
    ({ name, version, license, homepage }) => `  ${`${name} ${version}`.padEnd(44)} ${license.padEnd(18)} ${homepage}`,
  )
  const byText = Map.groupBy(packages, ({ text }) => text.trim().replaceAll('\r\n', '\n'))
  const texts = [...byText].map(([text, users]) => [
    line('='),
    ...users.map(({ name, version }) => `${name} ${version}`),
    line('-'),
    text,
    '',
  ])
  return [
    'Pinhole is free software: GNU Affero General Public License, version 3 or any later version. Its text comes first.',
    'Then come the parts by others that are in the executable, and their licences.',
    ['', line('='), 'Pinhole', line('-'), own],
    [line('='), `Bun ${Bun.version}`, line('-'), bun],
    [line('='), 'Packages', line('-'), ...list],
    '',
    ...texts,
    [
      line('='),
      'GNU General Public License 3, on which version 3 of the Lesser one (libvips, libheif and others above) builds',
      line('-'),
      gpl,
    ],
  ]
    .flat()
    .join('\n')
}

/** What `pinhole licenses` prints of an executable made from these files. */
export async function noticesOf(files: string[]) {
  const [own, bun, gpl, packages] = await Promise.all([
    read('LICENSE'),
    read('scripts/bun-notice.txt'),
    standardText('GPL-3.0-or-later'),
    packagesOf(files),
  ])
  return notices(own, bun, gpl, packages)
}
