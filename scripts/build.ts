import { existsSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { buildAssets } from './assets'
import { ffmpegPlugin, workers } from './ffmpeg-plugin'
import { jsxPlugin } from './jsx-plugin'
import { noticesOf } from './notices'
import { sharpPlugin } from './sharp-plugin'
import { packSource } from './source'
import { zodPlugin } from './zod-plugin'

export const noticesFile = 'dist/THIRD_PARTY_NOTICES.txt'
const host = `${process.platform}-${process.arch}`

/** The commit this build is made from, if this is a clone. */
function commit() {
  const { stdout, success } = Bun.spawnSync(['git', 'rev-parse', '--short', 'HEAD'], { stderr: 'ignore' })
  return success ? stdout.toString().trim() : 'release'
}

const server = (platform: string): Bun.BuildConfig => ({
  entrypoints: ['src/main.ts', ...workers],
  // All bundles are in one folder, because a worker is found next to the file that starts it.
  naming: { entry: '[name].[ext]' },
  target: 'bun',
  format: 'esm',
  // A command loads only what it imports. Together with bytecode, `version` takes 9 ms instead of 79 and a server start
  // 89 instead of 246.
  splitting: true,
  minify: { whitespace: true, syntax: true }, // names stay, for stack traces
  sourcemap: 'inline', // so that stack traces name our files
  define: { BUILD: JSON.stringify(commit()) },
  plugins: [sharpPlugin(platform)],
})

/**
 * Generates what the server imports from `dist/`: the browser's files, the licences of everything in the bundles,
 * and the source archive.
 */
export async function generate(platform = host) {
  const browser = await buildAssets()
  await packSource()
  if (!existsSync(noticesFile)) await Bun.write(noticesFile, '') // the bundle that it describes imports it
  const { metafile } = await Bun.build({ ...server(platform), metafile: true })
  await Bun.write(noticesFile, await noticesOf([...browser.files, ...Object.keys(metafile?.inputs ?? {})]))
}

type Built = {
  /** The file to write, and the Bun program for another platform, which Bun otherwise downloads. */
  outfile?: string
  program?: string
}

const ownTarget = process.arch === 'x64' ? `bun-${host}-baseline` : `bun-${host}`
const platformOf = (target: string) => target.replace(/^bun-/, '').replace(/-baseline$/, '')

/**
 * Builds the executable. It contains the Bun that runs this script, which needs no processor newer than SSE4.2: since
 * Bun 1.4 the normal program for x64 is the baseline one. For another platform, Bun downloads its program from the
 * npm registry.
 */
export async function build(target = ownTarget, built: Built = {}) {
  await generate(platformOf(target))
  return compile(target, built)
}

/** Makes the executable from what `generate` has put into `dist/` for the same platform. */
export async function compile(target = ownTarget, { outfile = 'dist/pinhole', program }: Built = {}) {
  const platform = platformOf(target)
  await Bun.build({
    ...server(platform),
    plugins: [jsxPlugin(), sharpPlugin(platform), zodPlugin(), ffmpegPlugin()],
    bytecode: true,
    compile: {
      target: target as Bun.Build.CompileTarget,
      ...(platform === host ? { executablePath: process.execPath } : program && { executablePath: program }),
      outfile,
      // Nearly all code of a start runs once. `compileSoon` ends this as soon as the program has started.
      jitPolicy: 30,
      // The executable ignores .env and bunfig.toml files in the folder where it is started.
      autoloadDotenv: false,
      autoloadBunfig: false,
    },
  })
  // Bun also writes the source maps as files, although the executable embeds them.
  const folder = dirname(outfile)
  for (const map of new Bun.Glob('*.map').scanSync(folder)) rmSync(`${folder}/${map}`)
  return `${outfile} for ${target}, ${(Bun.file(outfile).size / 1e6).toFixed(0)} MB`
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { target: { type: 'string' } } })
  console.log(await build(values.target))
}
