import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bucket } from '../../media/bucket'
import { openFile } from '../../media/folder-storage'
import { etagOf, missing, type StoredBytes } from '../../media/storage'

/** The zips of exports, by their ids: in the data folder, or in the bucket. Backups do not contain them. */
export type ExportPlace = {
  /** Moves a complete file to its place. */
  put(id: number, draft: string): Promise<void>
  open(id: number): Promise<StoredBytes | null>
  /** Deletes a zip. It is not an error if there is none. */
  delete(id: number): Promise<void>
  list(): AsyncIterable<{ id: number; changedAt: number }>
}

/** The place of exports: the bucket where there is one, and the data folder otherwise. */
export const exportPlace = ({ bucket, config }: { bucket: Bucket | null; config: { dataDir: string } }): ExportPlace =>
  bucket ? inBucket(bucket) : inFolder(join(config.dataDir, 'exports'))

const nameOf = (id: number) => `${id}.zip`
const idOf = (name: string) => Number(/^(\d+)\.zip$/.exec(name)?.[1] ?? Number.NaN)

const inFolder = (dir: string): ExportPlace => ({
  async put(id, draft) {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await rename(draft, join(dir, nameOf(id)))
  },
  open: (id) => openFile(join(dir, nameOf(id))),
  delete: (id) => rm(join(dir, nameOf(id)), { force: true }),
  async *list() {
    for (const name of await readdir(dir).catch(() => [])) {
      const found = Number.isNaN(idOf(name)) ? null : await stat(join(dir, name)).catch(() => null)
      if (found) yield { id: idOf(name), changedAt: found.mtimeMs }
    }
  },
})

const FOLDER = 'exports/'

const inBucket = (bucket: Bucket): ExportPlace => ({
  async put(id, draft) {
    await bucket.put(FOLDER + nameOf(id), Bun.file(draft))
    await rm(draft)
  },
  async open(id) {
    const key = FOLDER + nameOf(id)
    const head = await bucket.head(key)
    if (!head) return null
    return {
      bytes: head.bytes,
      type: 'application/zip',
      etag: etagOf(head.bytes, head.changedAt),
      at: { remote: { copy: async () => null, get: (range) => bucket.get(key, range) } },
      stream: () => {
        throw missing(key) // zips are only passed on
      },
    }
  },
  delete: (id) => bucket.delete(FOLDER + nameOf(id)),
  async *list() {
    for await (const { key, changedAt } of bucket.list(FOLDER)) {
      const id = idOf(key.slice(FOLDER.length))
      if (!Number.isNaN(id)) yield { id, changedAt }
    }
  },
})
