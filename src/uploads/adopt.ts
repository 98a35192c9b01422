import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../context'
import type { FileRow } from '../files/table'
import { uploadsDir } from './folder'
import { releaseReservation } from './reservations'

const adopting = new Map<string, Promise<void>>()

/**
 * Moves the bytes of an upload to the storage of its file. Both the request that finishes the upload and the job that
 * processes it call this, so that a crash between commit and move loses nothing; simultaneous calls share one move.
 */
export function adopt(
  app: Pick<App, 'config' | 'storage'>,
  { id, uploadId }: Pick<FileRow, 'id' | 'uploadId'>,
): Promise<void> {
  if (!uploadId) return Promise.resolve()
  const move = adopting.get(uploadId) ?? moveUpload(app, id, uploadId).finally(() => adopting.delete(uploadId))
  adopting.set(uploadId, move)
  return move
}

async function moveUpload(app: Pick<App, 'config' | 'storage'>, fileId: number, uploadId: string): Promise<void> {
  const path = join(uploadsDir(app), uploadId)
  if (existsSync(path)) await app.storage.put(fileId, 'original', path)
  await dropUpload(app, uploadId)
}

/** Deletes the received bytes and the record that the tus library keeps about them, and releases their reservation. */
export async function dropUpload(app: Pick<App, 'config'>, uploadId: string): Promise<void> {
  await rm(join(uploadsDir(app), uploadId), { force: true })
  await rm(join(uploadsDir(app), `${uploadId}.json`), { force: true })
  await releaseReservation(app, uploadId)
}
