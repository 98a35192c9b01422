import { createWriteStream, existsSync, mkdirSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { node } from '../node'
import type { Arrivals } from './arrivals'
import { openFile } from './folder-storage'
import type { Storage } from './storage'

/** Keeps the bytes of each upload in `dir/{uploadId}`, and what the tus library knows of it in `dir/{uploadId}.json`. */
export function folderArrivals(dir: string, storage: Storage): Arrivals {
  const pathOf = (uploadId: string) => join(dir, uploadId)
  const recordOf = (uploadId: string) => join(dir, `${uploadId}.json`)

  async function drop(uploadId: string) {
    await rm(pathOf(uploadId), { force: true })
    await rm(recordOf(uploadId), { force: true })
  }

  return {
    adoptsLater: false,
    isShared: false,
    async resumable(expiresAfterMs) {
      const { FileStore } = await import('@tus/file-store')
      return new FileStore({ directory: dir, expirationPeriodInMilliseconds: expiresAfterMs })
    },
    async receive(uploadId, bytes) {
      mkdirSync(dir, { recursive: true }) // without a pause, in which an error of the stream would be heard by nobody
      await node.stream.promises.pipeline(bytes, createWriteStream(pathOf(uploadId)))
    },
    async list(prefix = '') {
      const names = await readdir(dir).catch(() => [])
      return [...new Set(names.map((name) => name.replace(/\.json$/, '')))].filter((id) => id.startsWith(prefix))
    },
    async find(uploadId) {
      const [file, record] = await Promise.all([pathOf(uploadId), recordOf(uploadId)].map(statIfThere))
      if (!file && !record) return null
      const { size } = (record ? await readRecord(recordOf(uploadId)) : {}) as { size?: number }
      const changedAt = Math.max(file?.mtimeMs ?? 0, record?.mtimeMs ?? 0)
      return { bytes: file?.size ?? 0, declared: size ?? 0, changedAt }
    },
    open: (uploadId) => openFile(pathOf(uploadId)),
    async adopt(uploadId, { id }) {
      if (existsSync(pathOf(uploadId))) await storage.put(id, 'original', pathOf(uploadId))
      await drop(uploadId)
    },
    drop,
  }
}

const statIfThere = (path: string) => stat(path).catch(() => null)

/** Reads what the tus library wrote about an upload. A crash may have cut it off. */
const readRecord = (path: string): Promise<unknown> =>
  Bun.file(path)
    .json()
    .catch(() => ({}))
