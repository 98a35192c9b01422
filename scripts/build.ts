import { existsSync, rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { buildAssets } from './assets'
import { ffmpegPlugin, workers } from './ffmpeg-plugin'
import { noticesOf } from './notices'
import { sharpPlugin } from './sharp-plugin'
import { packSource } from './source'

const outfile = 'dist/pinhole'
export const noticesFile = 'dist/THIRD_PARTY_NOTICES.txt'
const host = `${process.platform}-${process.arch}`

/** The commit built from, when this is a clone. */
function commit() {
  const { stdout, success } = Bun.spawnSync(['git', 'rev-parse', '--short', 'HEAD'], { stderr: 'ignore' })
  return success ? stdout.toString().trim() : 'release'
}

const server = (platform: string): Bun.BuildConfig => ({
  entrypoints: ['src/main.ts', ...workers],
  naming: { entry: '[name].[ext]' }, // all bundles lie side by side: workers are started from beside whoever starts them
  target: 'bun',
  format: 'esm',
  splitting: true, // a command reads only what it imports: with this and bytecode `version` takes 9 ms instead of 79, a start 89 instead of 246
  sourcemap: 'inline', // so that a trace names our files
  define: { BUILD: JSON.stringify(commit()) },
  plugins: [sharpPlugin(platform)],
})

/**
 * Makes what the server imports from `dist/`: the browser's files, and the licences of what is in them and in
 * itself, and its own source.
 */
export async function generate(platform = host) {
  const browser = await buildAssets()
  await packSource()
  if (!existsSync(noticesFile)) await Bun.write(noticesFile, '') // it is in the very bundle it is about
  const { metafile } = await Bun.build({ ...server(platform), metafile: true })
  await Bun.write(noticesFile, await noticesOf([...browser.files, ...Object.keys(metafile?.inputs ?? {})]))
}

/**
 * Makes the executable. The Bun in it is the one that runs this, which asks nothing newer of a processor than SSE4.2: since 1.4 the
 * plain program for x64 is the baseline one. For another machine Bun fetches its own from the npm registry.
 */
export async function build(target = process.arch === 'x64' ? `bun-${host}-baseline` : `bun-${host}`) {
  const platform = target.replace(/^bun-/, '').replace(/-baseline$/, '')
  await generate(platform)
  await Bun.build({
    ...server(platform),
    plugins: [sharpPlugin(platform), ffmpegPlugin()],
    bytecode: true,
    compile: {
      target: target as Bun.Build.CompileTarget,
      ...(platform === host && { executablePath: process.execPath }),
      outfile,
      // what happens to lie in the folder it is started in is not its business
      autoloadDotenv: false,
      autoloadBunfig: false,
    },
  })
  for (const map of new Bun.Glob('*.map').scanSync('dist')) rmSync(`dist/${map}`) // Bun writes them besides; the executable has them inside
  return `${outfile} for ${target}, ${(Bun.file(outfile).size / 1e6).toFixed(0)} MB`
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { target: { type: 'string' } } })
  console.log(await build(values.target))
}
