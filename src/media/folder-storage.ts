import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { flush } from '../disk'
import { errorCode, nullIfMissing } from '../error-code'
import { etagOf, placeOf, readPlace, type Storage, type StoredBytes, typeOf } from './storage'

/** Stores each file as `dir/{fileId}/{name}`. */
export function folderStorage(dir: string): Storage {
  return {
    async put(fileId, name, fromPath) {
      const path = join(dir, placeOf(fileId, name))
      await mkdir(dirname(path), { recursive: true })
      await moveSafely(fromPath, path)
    },
    open: async (fileId, name) => {
      const stored = await openFile(join(dir, placeOf(fileId, name)))
      return stored && { ...stored, type: typeOf(name) }
    },
    async pathOf(fileId, name) {
      const path = join(dir, placeOf(fileId, name))
      return (await Bun.file(path).exists()) ? path : null
    },
    async remove(fileId, name) {
      await rm(join(dir, placeOf(fileId, name)), { force: true })
    },
    async delete(fileId) {
      await rm(join(dir, placeOf(fileId)), { recursive: true, force: true })
    },
    async *list() {
      for (const id of await namesIn(dir)) {
        if (!/^[1-9]\d*$/.test(id)) continue
        for (const name of await namesIn(join(dir, id), true)) {
          const place = readPlace(`${id}/${name}`)
          const found = place && (await stat(join(dir, id, name)).catch(nullIfMissing))
          if (found) yield { ...place, bytes: found.size, changedAt: found.mtimeMs }
        }
      }
    },
  }
}

/** Opens a file on this machine. Returns null when it does not exist. */
export async function openFile(path: string): Promise<StoredBytes | null> {
  const file = Bun.file(path)
  if (!(await file.exists())) return null
  return {
    bytes: file.size,
    type: file.type,
    etag: etagOf(file.size, file.lastModified),
    at: { file },
    stream: () => file.stream(),
  }
}

/** Moves a file completely or not at all: it is flushed to disk before it gets its name. */
async function moveSafely(from: string, to: string) {
  const temporary = join(dirname(to), `.part-${crypto.randomUUID()}`)
  try {
    await rename(from, temporary).catch(async (error) => {
      if (errorCode(error) !== 'EXDEV') throw error
      await copyFile(from, temporary)
      await rm(from)
    })
    await flush(temporary)
    await rename(temporary, to)
    await flush(dirname(to))
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

const namesIn = async (dir: string, recursive = false) => (await readdir(dir, { recursive }).catch(nullIfMissing)) ?? []
