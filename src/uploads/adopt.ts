import type { App } from '../context'
import type { FileRow } from '../files/table'
import { releaseReservation } from './reservations'

type Uploaded = Pick<FileRow, 'id' | 'uploadId' | 'bytes'>

const adopting = new Map<string, Promise<void>>()

/**
 * Moves the bytes of an upload to the storage of its file. Both the request that finishes the upload and the job that
 * processes it call this, so that a crash between commit and move loses nothing; simultaneous calls share one move.
 * `scratch` is a path for a copy, which the job can use.
 */
export function adopt(app: Pick<App, 'config' | 'arrivals'>, file: Uploaded, scratch: string): Promise<void> {
  const { uploadId } = file
  if (!uploadId) return Promise.resolve()
  const move =
    adopting.get(uploadId) ?? moveUpload(app, { ...file, uploadId }, scratch).finally(() => adopting.delete(uploadId))
  adopting.set(uploadId, move)
  return move
}

/** Moves the bytes during the request that brought them, if that is quick. */
export async function adoptAtOnce(app: Pick<App, 'config' | 'arrivals'>, file: Uploaded): Promise<void> {
  if (!app.arrivals.adoptsLater) await adopt(app, file, '')
}

async function moveUpload(
  { arrivals, config }: Pick<App, 'config' | 'arrivals'>,
  { uploadId, ...file }: Uploaded & { uploadId: string },
  scratch: string,
): Promise<void> {
  await arrivals.adopt(uploadId, file, scratch)
  await releaseReservation({ config }, uploadId)
}

/** Deletes the received bytes and the record that the tus library keeps about them, and releases their reservation. */
export async function dropUpload(
  { arrivals, config }: Pick<App, 'config' | 'arrivals'>,
  uploadId: string,
): Promise<void> {
  await arrivals.drop(uploadId)
  await releaseReservation({ config }, uploadId)
}
