import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../context'
import type { Tx } from '../db/open'
import type { Handler } from '../jobs/handler'
import { BadMedia } from '../media/errors'
import { RENDITIONS, renditionFile } from '../media/renditions'
import { notify } from '../notifications/model'
import { publishWhenReady } from '../posts/publish'
import { adopt } from '../uploads/adopt'
import { findProcessing, markFailed, markReady, setProgress } from './model'
import type { FileRow } from './table'

/** No write oftener than this for the sake of a progress bar. */
const PROGRESS_MS = 500

/** Renditions of an uploaded file; a post that waited for its last one is published with the same commit. */
export const process: Handler<'files.process'> = {
  attempts: 3,
  async run(app, { payload }, signal) {
    const file = await findProcessing(app.db, payload.fileId)
    if (!file) return
    try {
      await render(app, file, signal)
    } catch (error) {
      if (!(error instanceof BadMedia)) throw error
      await app.write((tx) => giveUp(tx, file.id, error, app.now()))
    }
  },
  died: (tx, { payload }, now) =>
    giveUp(tx, payload.fileId, { code: 'interrupted', message: 'Processing this file was interrupted. Please try again.' }, now),
}

async function render(app: App, file: FileRow, signal: AbortSignal) {
  const { storage, mediaWorker, config, write, now } = app
  await adopt(app, file)
  const output = join(config.dataDir, 'work', String(file.id))
  await rm(output, { recursive: true, force: true })
  await mkdir(output, { recursive: true })
  try {
    const input = join(config.dataDir, 'media', String(file.id), 'original')
    const result = await mediaWorker.image({ input, output }, { signal, onProgress: progressOf(app, file) })
    const { width, height, placeholder, sha256, renditions } = result
    for (const name of RENDITIONS) await storage.put(file.id, renditionFile(name), join(output, renditionFile(name)))
    const there = await write(async (tx) => {
      const ready = await markReady(tx, file.id, { width, height, placeholder, sha256, renditions })
      // the row of now: it may have come into a post while we worked
      if (ready?.postId) await publishWhenReady(tx, ready.postId, now())
      return ready
    })
    if (!there) await storage.delete(file.id) // deleted while it was worked on
  } finally {
    await rm(output, { recursive: true, force: true })
  }
}

function progressOf({ write }: App, { id }: FileRow) {
  let last = 0
  return (progress: number) => {
    if (Date.now() - last < PROGRESS_MS) return
    last = Date.now()
    void write((tx) => setProgress(tx, id, progress)).catch(() => {}) // the next one comes soon
  }
}

async function giveUp(tx: Tx, fileId: number, error: { code: string; message: string }, now: Date) {
  const file = await markFailed(tx, fileId, error)
  if (file) await notify(tx, { userId: file.ownerId, kind: 'file_failed', fileId, postId: file.postId, at: now })
}

export const erase: Handler<'files.erase'> = {
  run: ({ storage }, { payload }) => storage.delete(payload.fileId),
}
