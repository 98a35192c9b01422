import { createReadStream, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Bundle, MOST_PARTS, type Part } from './bundle'

/** How deep folders are read. */
const DEEPEST = 20

/** Opens a folder. Links are not followed, since they may lead out of it. */
export function openFolder(dir: string): Bundle {
  const parts: Part[] = []
  const walk = (folder: string, depth: number) => {
    for (const entry of readdirSync(join(dir, folder), { withFileTypes: true })) {
      const path = folder + entry.name
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory() && depth < DEEPEST) walk(`${path}/`, depth + 1)
      if (!entry.isFile()) continue
      if (parts.length >= MOST_PARTS) throw new Error(`${dir} contains more than ${MOST_PARTS} files.`)
      const { size, mtime } = statSync(join(dir, path))
      parts.push({ path, bytes: size, changedAt: mtime, open: async () => createReadStream(join(dir, path)) })
    }
  }
  walk('', 0)
  return { parts: parts.sort((a, b) => (a.path < b.path ? -1 : 1)), close: () => {} }
}
