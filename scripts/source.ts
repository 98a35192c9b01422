import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'

export const sourceFile = 'dist/source.tar.gz'

/** Generated or local folders that are not part of the source. */
export const LEFT_OUT = new Set(['node_modules', 'dist', 'data', '.git'])

/** Packs everything this executable is built from. The executable offers it for download, as its licence requires. */
export async function packSource(): Promise<void> {
  const archive = pack()
  for (const path of sourceFiles().sort()) {
    const bytes = await Bun.file(path).bytes()
    archive.entry(
      { name: `pinhole/${path}`, mtime: new Date(0), mode: path === '.ci/run' ? 0o755 : 0o644 },
      Buffer.from(bytes),
    )
  }
  archive.finalize()
  await Bun.write(sourceFile, gzipSync(Buffer.from(await new Response(archive as never).bytes()), { level: 9 }))
}

/** The files that git knows or, in an unpacked archive without git, all files. */
function sourceFiles(): string[] {
  const { stdout, success } = Bun.spawnSync(['git', 'ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    stderr: 'ignore',
  })
  const names = success ? stdout.toString().split('\0').filter(Boolean) : walk('.')
  return names.filter((name) => Bun.file(name).size > 0)
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !LEFT_OUT.has(join(folder, name)))
    .flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]))
}
