import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A file the compiled executable carries, its checksum taken when it was built. */
export type Carried = { embedded: string; checksum: string }

/** What the executable carries of one native library: `files` by their path below a folder of its own, of which `entry` is loaded. */
export type NativeLibrary = { name: string; files: Record<string, Carried>; entry: string }

let folder: string | null = null

/** Where the compiled executable may unpack native libraries; to be told before sharp is loaded. */
export const unpackNativeTo = (dir: string) => {
  folder = dir
}

/** For `scripts/sharp-plugin.ts`, which puts a call of it in the place of sharp's own search for its library. */
export function loadNative(library: NativeLibrary): unknown {
  if (!folder) throw new Error(`${library.name} was loaded before it was known where to unpack it.`)
  const module = { exports: {} }
  process.dlopen(module, join(unpack(library, folder), library.entry))
  return module.exports
}

/**
 * The system's loader wants real files. They are unpacked once for each version; what is there is checked, because a full disk or
 * a power cut may have left half a file. Each file appears whole by being renamed, so any number of processes may do this at once.
 */
export function unpack({ name, files }: NativeLibrary, dir: string): string {
  const target = join(dir, name)
  let isNew = false
  for (const [path, { embedded, checksum }] of Object.entries(files)) {
    const to = join(target, path)
    if (checksumOf(to) === checksum) continue
    isNew = true
    mkdirSync(dirname(to), { recursive: true })
    const temporary = `${to}.${randomUUID()}`
    writeFileSync(temporary, readFileSync(embedded), { flush: true })
    renameSync(temporary, to)
  }
  if (isNew)
    for (const other of readdirSync(dir)) if (other !== name) rmSync(join(dir, other), { recursive: true, force: true })
  return target
}

/** Against accidents, not against malice: who can write here can do anything. Null when there is no such file. */
export function checksumOf(path: string) {
  try {
    return Bun.hash.xxHash3(readFileSync(path)).toString(16)
  } catch {
    return null
  }
}
