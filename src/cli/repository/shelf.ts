import { link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type BackupPlace, nameOfPlace } from '../../backup-place'
import { flush } from '../../disk'
import { errorCode, nullIfMissing } from '../../error-code'
import { type Bucket, openBucket } from '../../media/bucket'
import { giveToOwnerOf } from '../../owner'

export type Shelved = { key: string; bytes: number; changedAt: number }

/** The files of a repository, in a folder or in a bucket. */
export type Shelf = {
  /** The place in messages, without keys. */
  name: string
  /** A folder of this process for drafts. That of a repository in a folder is on the same disk. */
  drafts: string
  read(key: string): Promise<ReadableStream<Uint8Array> | null>
  /** Moves the draft, which is complete and on the disk, to its key. A reader sees all of it or nothing. */
  put(key: string, draft: string): Promise<void>
  /** Moves the draft to a key that must not exist yet. Of several at the same time, only one returns true. */
  create(key: string, draft: string): Promise<boolean>
  delete(key: string): Promise<void>
  list(prefix: string): AsyncIterable<Shelved>
  /** Removes drafts of crashed processes that are older than a time in milliseconds. */
  sweep(before: number): Promise<void>
  /** Returns when everything that was put survives a power failure. */
  settle(): Promise<void>
}

/** The names of folders for drafts begin with this. */
export const DRAFTS = 'drafts-'

/** Opens the place of a repository: a folder of this machine, or a bucket. */
export function openShelf(place: BackupPlace): Shelf {
  const name = nameOfPlace(place)
  return 'folder' in place ? folderShelf(place.folder) : bucketShelf(name, openBucket(place.bucket))
}

function folderShelf(dir: string): Shelf {
  const changed = new Set<string>([dir])
  return {
    name: dir,
    drafts: join(dir, `${DRAFTS}${crypto.randomUUID()}`),
    async read(key) {
      const file = Bun.file(join(dir, key))
      return (await file.exists()) ? file.stream() : null
    },
    async put(key, draft) {
      const path = join(dir, key)
      const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      giveToOwnerOf(dir, ...(made ? [made] : []), draft) // the next backup may be that of the server
      await rename(draft, path)
      changed.add(dirname(path)).add(dirname(dirname(path)))
    },
    async create(key, draft) {
      const path = join(dir, key)
      giveToOwnerOf(dir, draft)
      const isNew = await link(draft, path).then(
        () => true,
        (error) => {
          if (errorCode(error) === 'EEXIST') return false
          throw error
        },
      )
      changed.add(dirname(path))
      return isNew
    },
    delete: (key) => rm(join(dir, key), { force: true }),
    async *list(prefix) {
      for (const name of await namesIn(join(dir, prefix))) {
        const found = await stat(join(dir, prefix, name)).catch(nullIfMissing)
        if (found?.isFile()) yield { key: `${prefix}${name}`, bytes: found.size, changedAt: found.mtimeMs }
      }
    },
    async sweep(before) {
      for (const name of await readdir(dir)) {
        const found = name.startsWith(DRAFTS) && (await stat(join(dir, name)).catch(nullIfMissing))
        if (found && found.mtimeMs < before) await rm(join(dir, name), { recursive: true, force: true })
      }
    },
    async settle() {
      for (const each of changed) await flush(each)
      changed.clear()
    },
  }
}

const bucketShelf = (name: string, bucket: Bucket): Shelf => ({
  name,
  drafts: join(tmpdir(), `pinhole-backup-${crypto.randomUUID()}`),
  read: async (key) => (await bucket.read(key))?.body ?? null,
  async put(key, draft) {
    await bucket.put(key, Bun.file(draft))
    await rm(draft)
  },
  create: async (key, draft) => bucket.create(key, await Bun.file(draft).bytes()),
  delete: (key) => bucket.delete(key),
  list: (prefix) => bucket.list(prefix),
  sweep: async () => {},
  settle: async () => {},
})

const namesIn = async (dir: string) => (await readdir(dir, { recursive: true }).catch(nullIfMissing)) ?? []
