import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../context'
import type { FileRow } from '../files/table'

export const uploadsDir = ({ config }: Pick<App, 'config'>) => join(config.dataDir, 'uploads')

/** Moves the bytes of an upload to where its file's bytes belong; safe to do again after a crash between the two. */
export async function adopt(app: Pick<App, 'config' | 'storage'>, file: Pick<FileRow, 'id' | 'uploadId'>): Promise<void> {
  if (!file.uploadId) return
  const path = join(uploadsDir(app), file.uploadId)
  if (existsSync(path)) await app.storage.put(file.id, 'original', path)
  await dropUpload(app, file.uploadId)
}

/** What was received, and what the tus library wrote down about it. */
export async function dropUpload(app: Pick<App, 'config'>, uploadId: string): Promise<void> {
  await rm(join(uploadsDir(app), uploadId), { force: true })
  await rm(join(uploadsDir(app), `${uploadId}.json`), { force: true })
}

/** The ids of all uploads that lie about, finished or not. */
export async function listUploads(app: Pick<App, 'config'>): Promise<string[]> {
  const names = await readdir(uploadsDir(app)).catch(() => [])
  return [...new Set(names.map((name) => name.replace(/\.json$/, '')))]
}
