import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../src/db/open'
import { createFile, deleteFile } from '../src/files/model'
import { markReady } from '../src/files/processed'
import { readKeys } from '../src/keys'
import { sha256Of } from '../src/media/hash'
import { openFolder } from '../src/media/open-storage'
import { renditionFile } from '../src/media/renditions'
import { adopt } from '../src/uploads/adopt'
import { createUser } from '../src/users/model'

export type Community = Awaited<ReturnType<typeof communityIn>>

const rendition = { type: 'image/webp', width: 1, height: 1, bytes: 4, sha256: sha256Of(Buffer.from('webp')) }

/** A community with one member in a data folder, for commands, which run in processes of their own. */
export async function communityIn(dataDir: string) {
  readKeys(dataDir)
  mkdirSync(join(dataDir, 'uploads'))
  const store = openStore(join(dataDir, 'pinhole.sqlite'))
  const { storage, arrivals } = openFolder(dataDir)
  const owner = await store.write((tx) => createUser(tx, { handle: 'ann', passwordHash: '' }, new Date()))
  let uploads = 0
  return {
    store,
    owner,
    /** Stores a file like the server does after an upload, with its renditions. */
    async upload(content: string | Buffer): Promise<number> {
      const bytes = Buffer.from(content)
      const uploadId = `upload${++uploads}`
      writeFileSync(join(dataDir, 'uploads', uploadId), bytes)
      const draft = { uploadId, name: 'a.jpg', type: 'image/jpeg', kind: 'image' as const, bytes: bytes.length }
      const file = await store.write((tx) => createFile(tx, owner, draft, 1e12, new Date()))
      await adopt({ config: {} as never, arrivals }, file, '')
      for (const name of ['thumb', 'blurred'] as const) {
        writeFileSync(join(dataDir, 'rendition'), 'webp')
        await storage.put(file.id, renditionFile(name), join(dataDir, 'rendition'))
      }
      const ready = {
        width: 1,
        height: 1,
        duration: null,
        placeholder: null,
        sha256: sha256Of(bytes),
        renditions: { thumb: rendition, blurred: rendition },
      }
      await store.write((tx) => markReady(tx, file.id, ready))
      return file.id
    },
    async remove(id: number) {
      await store.write((tx) => deleteFile(tx, id, new Date()))
      await storage.delete(id)
    },
    /** The SHA-256 of an original as it is stored now. */
    sha256Of: (id: number) => sha256Of(readFileSync(join(dataDir, 'media', String(id), 'original'))),
  }
}
