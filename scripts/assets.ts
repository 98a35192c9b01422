import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { basename, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = join(import.meta.dir, '..')
const source = join(root, 'views/assets')
const target = join(root, 'dist/assets')
const manifest = join(target, 'manifest.ts')

/**
 * Files that pages load by name; everything they import is bundled into them. Files that are neither TypeScript nor CSS
 * are served unchanged.
 */
const entryPoints = ['app.ts', 'app.css']
/**
 * Each of these is bundled into one file: the worker, because not every browser supports service workers that import
 * modules, and the script of a single page, which shares too little with the others for a file of its own.
 */
const singles = ['sw.ts', 'pay.ts']
const isServedAsIs = (name: string) => !/(\.ts|\.css|\.json|\.md)$/.test(name)

type Output = { name: string; file: string; type: string; bytes: Uint8Array }

async function bundle(
  entryPoints: string[],
  how: Partial<Bun.BuildConfig>,
): Promise<{ outputs: Output[]; files: string[] }> {
  const { outputs, metafile } = await Bun.build({
    entrypoints: entryPoints.map((name) => join(source, name)),
    target: 'browser',
    minify: true,
    ...how,
    metafile: true,
    naming: { entry: '[name]-[hash].[ext]', chunk: '[name]-[hash].[ext]', asset: '[name]-[hash].[ext]' },
  })
  const named = outputs.map(async (output) => {
    const file = basename(output.path)
    const name = file.replace(/-[^-]+(\.\w+)$/, '$1')
    const isEntryPoint = entryPoints.includes(name.replace('.js', '.ts'))
    return {
      name: isEntryPoint ? name : file,
      file,
      type: output.type,
      bytes: new Uint8Array(await output.arrayBuffer()),
    }
  })
  return { outputs: await Promise.all(named), files: Object.keys(metafile?.inputs ?? {}) }
}

function served(): Promise<Output[]> {
  const names = readdirSync(source, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && isServedAsIs(entry.name),
  )
  return Promise.all(
    names.map(async ({ name }) => {
      const bytes = await Bun.file(join(source, name)).bytes()
      const hash = Bun.hash(bytes).toString(36).slice(0, 8)
      return { name, file: name.replace(/(\.\w+)$/, `-${hash}$1`), type: Bun.file(name).type, bytes }
    }),
  )
}

/**
 * Renders the home screen icons from the favicon. Where the system crops icons to its own shape, the background extends
 * to the edge.
 */
async function drawn(): Promise<Output[]> {
  const { default: sharp } = await import('sharp')
  const drawing = await Bun.file(join(source, 'favicon.svg')).text()
  const whole = drawing.replace(/ rx="\d+"/, '')
  const inset = whole
    .replace('viewBox="0 0 64 64"', 'viewBox="-10 -10 84 84"')
    .replace('<rect ', '<rect x="-10" y="-10" ')
    .replace(/width="64" height="64"/, 'width="84" height="84"')
  const lines = whole.replace(/<rect[^>]*>/, '').replaceAll(/#f2f2f0|#ff7a3d/g, '#fff')
  const icons: [name: string, svg: string, size: number][] = [
    ['icon-192.png', drawing, 192],
    ['icon-512.png', drawing, 512],
    ['maskable-512.png', inset, 512],
    ['apple-touch-icon.png', whole, 180],
    ['badge-96.png', lines, 96],
  ]
  return Promise.all(
    icons.map(async ([name, svg, size]) => {
      const bytes = new Uint8Array(
        await sharp(Buffer.from(svg), { density: (72 * size) / 64 })
          .resize(size, size)
          .png()
          .toBuffer(),
      )
      const hash = Bun.hash(bytes).toString(36).slice(0, 8)
      return { name, file: name.replace(/(\.\w+)$/, `-${hash}$1`), type: 'image/png', bytes }
    }),
  )
}

/**
 * The stored forms of a file: `raw`, and versions compressed once at the highest level where that makes the file
 * notably smaller.
 */
function forms({ bytes }: Output): [form: string, bytes: Uint8Array][] {
  if (bytes.length < 1000) return [['raw', bytes]]
  const compressed: [string, Uint8Array][] = [
    ['br', brotliCompressSync(bytes)],
    ['gz', gzipSync(bytes, { level: 9 })],
  ]
  return [['raw', bytes], ...compressed.filter(([, smaller]) => smaller.length < bytes.length * 0.9)]
}

/**
 * Bundles the browser's files into `dist/assets` and writes a module that imports each of them as a file, which
 * embeds them in the executable. The files are called NAME-HASH.EXT.FORM, so that the bundler does not mistake them
 * for server code. Also returns the source files that went into the bundles.
 */
export async function buildAssets() {
  mkdirSync(target, { recursive: true })
  const bundled = await bundle(entryPoints, { splitting: true })
  const alone = await bundle(singles, { format: 'iife' })
  const outputs = [...bundled.outputs, ...alone.outputs, ...(await served()), ...(await drawn())].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )
  const written: string[] = []
  const entries: string[] = []
  for (const output of outputs) {
    const fields = [`url: '/assets/${output.file}'`, `type: '${output.type}'`]
    for (const [form, bytes] of forms(output)) {
      fields.push(`${form}: file${written.push(`${output.file}.${form}`) - 1}`)
      await Bun.write(join(target, written.at(-1) ?? ''), bytes)
    }
    entries.push(`  '${output.name}': { ${fields.join(', ')} },`)
  }
  const imports = written.map((file, i) => `import file${i} from './${file}' with { type: 'file' }`)
  await writeManifest(
    ['// Generated by scripts/assets.ts', ...imports, '', 'export const assets = {', ...entries, '}', ''].join('\n'),
  )
  for (const file of readdirSync(target))
    if (!written.includes(file) && file !== basename(manifest)) rmSync(join(target, file), { force: true })
  return { outputs, files: [...bundled.files, ...alone.files] }
}

/**
 * Writes the manifest last, in one go, and only if it changed, because a development server restarts when it changes.
 */
async function writeManifest(text: string) {
  const old = await Bun.file(manifest)
    .text()
    .catch(() => '')
  if (old !== text) await Bun.write(manifest, text)
  else utimesSync(manifest, new Date(), new Date())
}

/** Whether a file in `views/assets`, a package or this folder is newer than the build. */
export function areAssetsStale() {
  const built = statSync(manifest, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const inside = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  const paths = [...inside(source), ...inside(import.meta.dir), join(root, 'package-lock.json')]
  return paths.some((path) => statSync(path).mtimeMs > built)
}

if (import.meta.main)
  for (const { file, bytes } of (await buildAssets()).outputs)
    console.log(`${(bytes.length / 1000).toFixed(1).padStart(8)} kB  ${file}`)
