import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { version } from '../package.json'
import { build, noticesFile } from './build'
import { bomOf, type Locked } from './sbom'
import { FOREIGN } from './sharp-plugin'

const folder = 'dist/release'

/** The platforms of a release in sharp's names, with the names of Bun's targets and of the package of its program. */
const TARGETS: Record<string, { target: string; bun: string }> = {
  'linux-x64': { target: 'bun-linux-x64-baseline', bun: '@oven/bun-linux-x64' },
  'linux-arm64': { target: 'bun-linux-arm64', bun: '@oven/bun-linux-aarch64' },
  'darwin-x64': { target: 'bun-darwin-x64', bun: '@oven/bun-darwin-x64' },
  'darwin-arm64': { target: 'bun-darwin-arm64', bun: '@oven/bun-darwin-aarch64' },
}

const sha256Of = async (path: string) =>
  new Bun.CryptoHasher('sha256').update(await Bun.file(path).bytes()).digest('hex')

function must(command: string[]): string {
  const { success, stdout } = Bun.spawnSync(command, { stderr: 'inherit' })
  if (!success) throw new Error(`${command.join(' ')} failed.`)
  return stdout.toString()
}

/**
 * Brings a package of another platform, in the version of package-lock.json and with the checksum that it names. Returns
 * its folder.
 */
async function bring(name: string, locked: Locked): Promise<string> {
  const entry = locked[`node_modules/${name}`]
  if (!entry) throw new Error(`package-lock.json does not name ${name}.`)
  const installed = join('node_modules', name)
  if (existsSync(installed)) return installed
  const to = join(FOREIGN, 'node_modules', name)
  const found = Bun.file(join(to, 'package.json'))
  if ((await found.exists()) && (await found.json()).version === entry.version) return to
  mkdirSync(FOREIGN, { recursive: true })
  const [{ filename }] = JSON.parse(
    must(['npm', 'pack', `${name}@${entry.version}`, '--pack-destination', FOREIGN, '--json']),
  )
  const archive = join(FOREIGN, filename)
  const sha512 = new Bun.CryptoHasher('sha512').update(await Bun.file(archive).bytes()).digest('base64')
  if (`sha512-${sha512}` !== entry.integrity)
    throw new Error(`${name}@${entry.version} is not the package that package-lock.json names.`)
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to, { recursive: true })
  must(['tar', '-xzf', archive, '-C', to, '--strip-components=1'])
  rmSync(archive)
  return to
}

async function programOf(name: string, locked: Locked): Promise<string> {
  const program = join(await bring(name, locked), 'bin/bun')
  chmodSync(program, 0o755)
  return program
}

/** Builds the executable of a platform with its notices. Returns the packages of that platform in it. */
async function make(platform: string, locked: Locked): Promise<string[]> {
  const { target, bun } = TARGETS[platform]!
  const native = [`@img/sharp-${platform}`, `@img/sharp-libvips-${platform}`]
  for (const name of native) await bring(name, locked)
  const outfile = `${folder}/pinhole-${version}-${platform}`
  // the program of this platform is the one that runs this script
  const program = platform === `${process.platform}-${process.arch}` ? process.execPath : await programOf(bun, locked)
  console.log(await build(target, { outfile, program }))
  cpSync(noticesFile, `${outfile}.notices.txt`)
  return [bun, ...native]
}

/** The file that `sha256sum --check` reads. */
async function writeChecksums() {
  const names = readdirSync(folder).filter((name) => name !== 'SHA256SUMS')
  const lines = await Promise.all(names.sort().map(async (name) => `${await sha256Of(join(folder, name))}  ${name}\n`))
  await Bun.write(`${folder}/SHA256SUMS`, lines.join(''))
}

/** Builds once more, and throws if the result differs. */
async function proveReproducible(platform: string, locked: Locked) {
  const path = `${folder}/pinhole-${version}-${platform}`
  const before = await sha256Of(path)
  await make(platform, locked)
  if ((await sha256Of(path)) !== before) throw new Error(`Two builds of ${basename(path)} differ.`)
  console.log(`Two builds of ${basename(path)} are the same.`)
}

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, twice: { type: 'boolean' } } })
const platforms = values.only ?? Object.keys(TARGETS)
const unknown = platforms.find((platform) => !TARGETS[platform])
if (unknown) throw new Error(`"${unknown}" is not one of ${Object.keys(TARGETS).join(', ')}.`)

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const locked: Locked = (await Bun.file('package-lock.json').json()).packages
const embedded = new Set<string>()
for (const platform of platforms) for (const name of await make(platform, locked)) embedded.add(name)
if (values.twice) for (const platform of platforms) await proveReproducible(platform, locked)
const tree = JSON.parse(must(['npm', 'sbom', '--sbom-format', 'cyclonedx']))
const notices = await Promise.all(
  platforms.map((platform) => Bun.file(`${folder}/pinhole-${version}-${platform}.notices.txt`).text()),
)
await Bun.write(
  `${folder}/pinhole-${version}.cdx.json`,
  JSON.stringify(bomOf(tree, [...embedded], locked, notices), null, 2),
)
cpSync('dist/source.tar.gz', `${folder}/pinhole-${version}-source.tar.gz`)
await writeChecksums()
console.log(`${folder}:\n${readdirSync(folder).sort().join('\n')}`)
