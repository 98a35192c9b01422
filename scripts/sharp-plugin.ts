import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BunPlugin } from 'bun'
import { checksumOf, type NativeLibrary } from '../src/media/native'

/** The module in which sharp looks for its native library. The rest of sharp is plain JavaScript, which Bun bundles. */
const LOADER = /[\\/]sharp[\\/]dist[\\/]sharp\.mjs$/

/**
 * Embeds sharp in a compiled executable. Its native library and libvips are embedded as files, and the module that
 * searches for them is replaced by one that unpacks and loads them at run time. The libraries find each other by a
 * relative path in the binary, so the folder names are kept. The system must provide glibc and libstdc++.
 *
 * `platform` uses sharp's names (`linux-x64`, `linux-arm64`, `darwin-arm64`). The packages of that platform must be
 * installed.
 */
export function sharpPlugin(platform = `${process.platform}-${process.arch}`): BunPlugin {
  return {
    name: 'sharp',
    setup(build) {
      build.onLoad({ filter: LOADER }, ({ path }) => ({ loader: 'js', contents: loader(platform, path) }))
    },
  }
}

const NATIVE = join(import.meta.dir, '../src/media/native')

function loader(platform: string, path: string) {
  const paths = [`sharp-${platform}`, `sharp-libvips-${platform}`].flatMap((name) =>
    librariesOf(join(packageFolder(name, path), 'lib'), name),
  )
  const entry = paths.find(({ at }) => at.endsWith('.node'))?.at
  if (!entry || paths.length < 2) throw new Error(`sharp for ${platform} is incomplete.`)
  const files = paths.map(
    ({ at, from }, i) =>
      `${JSON.stringify(at)}: { embedded: file${i}, checksum: ${JSON.stringify(checksumOf(from))} },`,
  )
  const version = new Bun.CryptoHasher('sha256').update(files.join()).digest('hex').slice(0, 12)
  const name: NativeLibrary['name'] = `sharp-${version}`
  return `
    ${paths.map(({ from }, i) => `import file${i} from ${JSON.stringify(from)} with { type: 'file' }`).join('\n')}
    import { loadNative } from ${JSON.stringify(NATIVE)}
    const sharp = loadNative({ name: '${name}', entry: ${JSON.stringify(entry)}, files: { ${files.join('\n')} } })
    if (${platform === 'linux-x64'} && !sharp._isUsingX64V2())
      throw new Error('Photos need a processor with SSE4.2 (x86-64-v2).')
    export default sharp
  `
}

/** Where a release puts packages of other platforms, which npm does not install. */
export const FOREIGN = join(import.meta.dir, '../dist/packages')

/** npm installs the package next to sharp or, if there are two versions, below it. */
function packageFolder(name: string, loaderPath: string) {
  const places = [FOREIGN]
  for (let dir = dirname(loaderPath); dir !== dirname(dir); dir = dirname(dir)) places.unshift(dir)
  for (const place of places) {
    const folder = join(place, 'node_modules/@img', name)
    if (existsSync(folder)) return folder
  }
  throw new Error(`@img/${name} is not installed. Try: npm install --no-save --force @img/${name}`)
}

const librariesOf = (folder: string, name: string) =>
  readdirSync(folder)
    .filter((file) => /\.(node|so|dylib|dll)(\.|$)/.test(file))
    .map((file) => ({ at: `${name}/lib/${file}`, from: join(folder, file) }))
