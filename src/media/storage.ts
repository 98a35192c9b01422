import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Stores the bytes of files. The interface is small, so that an object store can implement it as well as a disk. */
export interface Storage {
  /**
   * Moves the file at `fromPath` into the storage and replaces an earlier file of the same name. The result survives a
   * power cut.
   */
  put(fileId: number, name: string, fromPath: string): Promise<void>
  open(fileId: number, name: string): Promise<Blob | null>
  /** Deletes everything that belongs to the file. It is not an error if nothing exists. */
  delete(fileId: number): Promise<void>
  list(): AsyncIterable<StoredFile>
}

export type StoredFile = { fileId: number; name: string; bytes: number }

/** `original`, or the class of a link followed by the file name of a rendition. */
const NAME = /^(original|(full|preview)\/[a-z0-9][a-z0-9_-]*\.[a-z0-9]+)$/

/** Whether the text is a valid storage name. Links may contain any text. */
export const isStoredName = (name: string) => NAME.test(name)

/** Stores each file as `dir/{fileId}/{name}`. */
export function diskStorage(dir: string): Storage {
  const folderOf = (fileId: number) => {
    if (!Number.isSafeInteger(fileId) || fileId < 1) throw new Error(`${fileId} is not a valid file id.`)
    return join(dir, String(fileId))
  }
  const pathOf = (fileId: number, name: string) => {
    if (!NAME.test(name)) throw new Error(`${name} is not a valid storage name.`)
    return join(folderOf(fileId), name)
  }
  return {
    async put(fileId, name, fromPath) {
      const path = pathOf(fileId, name)
      await mkdir(dirname(path), { recursive: true })
      await moveSafely(fromPath, path)
    },
    async open(fileId, name) {
      const file = Bun.file(pathOf(fileId, name))
      return (await file.exists()) ? file : null
    },
    async delete(fileId) {
      await rm(folderOf(fileId), { recursive: true, force: true })
    },
    async *list() {
      for (const id of await namesIn(dir)) {
        if (!/^[1-9]\d*$/.test(id)) continue
        for (const name of await namesIn(join(dir, id), true)) {
          if (!NAME.test(name)) continue
          const size = await sizeOf(join(dir, id, name))
          if (size !== null) yield { fileId: Number(id), name, bytes: size }
        }
      }
    },
  }
}

/** Moves a file completely or not at all: it is flushed to disk before it gets its name. */
async function moveSafely(from: string, to: string) {
  const temporary = join(dirname(to), `.part-${randomUUID()}`)
  try {
    await rename(from, temporary).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EXDEV') throw error
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

async function flush(path: string) {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const nothingIfGone = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT') throw error
  return null
}

const namesIn = async (dir: string, recursive = false) => (await readdir(dir, { recursive }).catch(nothingIfGone)) ?? []
const sizeOf = async (path: string) => (await stat(path).catch(nothingIfGone))?.size ?? null
