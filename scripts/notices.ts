import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dir, '..')

type Package = { name: string; version: string; license: string; homepage: string; text: string }

const read = (path: string) => Bun.file(join(root, path)).text()
const readJson = (path: string) => Bun.file(join(root, path)).json()
const line = (letter: string) => letter.repeat(100)

/** The SPDX text of a licence such as `MIT`. */
const standardText = async (license: string): Promise<string> =>
  (await readJson(`node_modules/spdx-license-list/licenses/${license}.json`)).licenseText

async function licenceText(folder: string, license: string, holder: string) {
  const files = readdirSync(join(root, folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
  if (!files.length)
    return `${await librariesIn(folder)}${(await standardText(license)).replace('<year> <copyright holders>', holder)}`
  return (await Promise.all(files.map((file) => read(`${folder}/${file}`)))).join('\n\n')
}

/** The libraries that ffmpeg's core reports (`-buildconf`), with the versions that its build file names. */
const IN_FFMPEG = [
  'It consists of FFmpeg 5.1.4 (GPL 2 or later, because it is built with x264 and x265) and these libraries:',
  'x264 and x265 (GPL 2 or later), LAME (LGPL 2 or later), libvpx, libogg, libtheora, libvorbis, Opus,',
  'libwebp (BSD 3-Clause), zlib (zlib), FreeType (FreeType License or GPL 2), FriBidi (LGPL 2.1 or later),',
  'HarfBuzz (MIT), libass (ISC), zimg (WTFPL).',
  'Source code and build instructions: https://github.com/ffmpegwasm/ffmpeg.wasm',
]

/** Some packages contain many libraries. Returns what these packages say about the licences and versions. */
async function librariesIn(folder: string) {
  if (folder.includes('/@ffmpeg/core')) return `${IN_FFMPEG.join('\n')}\n\n`
  if (!folder.includes('/@img/sharp-libvips-')) return ''
  const versions: Record<string, string> = await readJson(`${folder}/versions.json`)
  const list = Object.entries(versions).map(([library, version]) => `${library} ${version}`)
  return [
    await read(`${folder}/README.md`),
    `Versions: ${list.join(', ')}\n`,
    'Source: https://github.com/lovell/sharp-libvips\n\n',
  ].join('\n')
}

/** Folders of the repository that hold files copied from a package, with its licence and a package.json that names it. */
const COPIED = ['views/parts/lucide']

/** The packages that the files of a bundle come from, which are fewer than the installed packages. */
async function packagesOf(files: string[]): Promise<Package[]> {
  const folders = files.map(
    (file) =>
      file.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? COPIED.find((folder) => file.startsWith(`${folder}/`)),
  )
  return Promise.all(
    [...new Set(folders.filter((folder) => folder !== undefined))].sort().map(async (folder) => {
      const { name, version, license, homepage, author } = await readJson(`${folder}/package.json`)
      if (typeof license !== 'string') throw new Error(`${name} has no licence in package.json`)
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
    'It is followed by the third-party parts of the executable and their licences.',
    ['', line('='), 'Pinhole', line('-'), own],
    [line('='), `Bun ${Bun.version}`, line('-'), bun],
    [line('='), 'Packages', line('-'), ...list],
    '',
    ...texts,
    [
      line('='),
      'GNU General Public License 3, which the Lesser GPL 3 (of libvips, libheif and others above) extends',
      line('-'),
      gpl,
    ],
  ]
    .flat()
    .join('\n')
}

/** The text that `pinhole licenses` prints for an executable built from these files. */
export async function noticesOf(files: string[]) {
  const [own, bun, gpl, packages] = await Promise.all([
    read('LICENSE'),
    read('scripts/bun-notice.txt'),
    standardText('GPL-3.0-or-later'),
    packagesOf(files),
  ])
  return notices(own, bun, gpl, packages)
}
