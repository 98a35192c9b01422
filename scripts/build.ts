import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { buildAssets } from './assets'

const host = `bun-${process.platform}-${process.arch}`
const outfile = 'dist/pinhole'

/** The commit built from, when this is a clone. */
function commit() {
  const { stdout, success } = Bun.spawnSync(['git', 'rev-parse', '--short', 'HEAD'], { stderr: 'ignore' })
  return success ? stdout.toString().trim() : 'release'
}

/**
 * Makes the executable. Bun's program for this machine is the one that is running: it needs no AVX2 (since 1.4 the plain x64 package
 * and the baseline one hold the same bytes). For another machine Bun fetches its own from the npm registry.
 */
export async function build(target = process.arch === 'x64' ? `${host}-baseline` : host) {
  const forHost = target.replace('-baseline', '') === host
  const native = target.replace(/^bun-/, '').replace('-baseline', '')
  if (!existsSync(`node_modules/@img/sharp-${native}`))
    throw new Error(
      `sharp for ${native} is not installed. Try: npm install --no-save --force @img/sharp-${native} @img/sharp-libvips-${native}`,
    )
  await buildAssets()
  await Bun.build({
    entrypoints: ['src/main.ts'],
    target: 'bun',
    minify: { syntax: true, whitespace: true }, // names stay, for readable traces
    define: { BUILD: JSON.stringify(commit()) },
    compile: {
      target: target as Bun.Build.CompileTarget,
      ...(forHost && { executablePath: process.execPath }),
      outfile,
      // what happens to lie in the folder it is started in is not its business
      autoloadDotenv: false,
      autoloadBunfig: false,
    },
  })
  return `${outfile} for ${target}, ${(Bun.file(outfile).size / 1e6).toFixed(0)} MB`
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { target: { type: 'string' } } })
  console.log(await build(values.target))
}
