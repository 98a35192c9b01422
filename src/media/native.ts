import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A file embedded in the executable, with the checksum from build time. */
export type Carried = { embedded: string; checksum: string }

/**
 * A native library in the executable. `files` are listed by their path in the library's folder, and `entry` is the file
 * to load.
 */
export type NativeLibrary = { name: string; files: Record<string, Carried>; entry: string }

let folder: string | null = null

/** Sets the folder for unpacked native libraries. Call it before sharp is loaded. */
export const unpackNativeTo = (dir: string) => {
  folder = dir
}

/**
 * Loads a native library. `scripts/sharp-plugin.ts` replaces sharp's own search for its library with a call of this
 * function.
 */
export function loadNative(library: NativeLibrary): unknown {
  if (!folder) throw new Error(`${library.name} was loaded before unpackNativeTo() was called.`)
  const module = { exports: {} }
  process.dlopen(module, join(unpack(library, folder), library.entry))
  return module.exports
}

/**
 * Unpacks a native library, because the system's loader needs real files. It is unpacked once per version. Existing
 * files are checked, because a full disk or a power cut may have left half a file. Each file is renamed into place, so
 * several processes may do this at once.
 */
export function unpack({ name, files }: NativeLibrary, dir: string): string {
  const target = join(dir, name)
  let isNew = false
  for (const [path, { embedded, checksum }] of Object.entries(files)) {
    const to = join(target, path)
    if (checksumOf(to) === checksum) continue
    isNew = true
    mkdirSync(dirname(to), { recursive: true })
    const temporary = `${to}.${crypto.randomUUID()}`
    writeFileSync(temporary, readFileSync(embedded), { flush: true })
    renameSync(temporary, to)
  }
  if (isNew)
    for (const other of readdirSync(dir)) if (other !== name) rmSync(join(dir, other), { recursive: true, force: true })
  return target
}

/**
 * Returns a checksum that detects accidental damage; null when the file does not exist. It does not protect against
 * attackers, because a person who can write here can change anything.
 */
export function checksumOf(path: string) {
  try {
    return Bun.hash.xxHash3(readFileSync(path)).toString(16)
  } catch {
    return null
  }
}
