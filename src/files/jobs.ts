import type { App } from '../context'
import type { Tx } from '../db/open'
import type { Handler } from '../jobs/handler'
import { BadMedia } from '../media/errors'
import { notifyFailed } from '../notifications/model'
import { publishWhenReady } from '../posts/publish'
import { dropUpload } from '../uploads/adopt'
import { enqueueLadder } from './ladder'
import type { Message } from './message'
import { lookUpFile, lookUpProcessing, lookUpUploadId, revokeFiles } from './model'
import { markFailed, markReady, type Processed, setProgress } from './processed'
import { type Asking, makeImage, makeVideo } from './render'
import type { FileRow } from './table'
import { abortOnChange } from './watch'

/** The shortest time between two progress updates. */
const PROGRESS_MS = 500

/** Makes the renditions of an uploaded photo. A post that waited for this file is published in the same commit. */
export const processFile = making<'files.process'>(3, makeImage)

/** Makes the renditions of a video. A conversion may take hours, so it gets fewer attempts. */
export const convertVideo = making<'files.convert'>(2, makeVideo)

type Make = (app: App, file: FileRow, asking: Asking) => Promise<Processed>

function making<K extends 'files.process' | 'files.convert'>(attempts: number, make: Make): Handler<K> {
  return {
    attempts,
    async run(app, { payload }, signal) {
      // once more for each time that the author changed the file meanwhile
      for (;;) {
        const file = await lookUpProcessing(app.db, payload.fileId)
        if (!file || (await process(app, file, make, signal))) return
        const now = await lookUpFile(app.db, file.id)
        if (!now || now.deletedAt) return app.storage.delete(file.id) // with what was stored after the deletion
      }
    },
    async died(tx, { payload }, now) {
      const file = await lookUpProcessing(tx, payload.fileId)
      const error = { code: 'interrupted', message: 'Processing this file was interrupted. Please try again.' }
      if (file) await giveUp(tx, file, error, now)
    },
  }
}

/** Returns false when the file was deleted or changed in the meantime. */
async function process(app: App, file: FileRow, make: Make, signal: AbortSignal): Promise<boolean> {
  const { write, now } = app
  using change = watchForChanges(app, file)
  try {
    const asking = { signal: AbortSignal.any([signal, change.signal]), onProgress: progressOf(app, file) }
    const processed = await make(app, file, asking)
    const { crowd, adaptiveSeconds } = app.config
    return await write((tx) => finish(tx, file, processed, { now: now(), crowd, adaptiveSeconds }))
  } catch (error) {
    if (change.signal.aborted) return false
    if (!(error instanceof BadMedia)) throw error
    return write((tx) => giveUp(tx, file, error, now()))
  }
}

/** Aborts the processing when the file is deleted, alone or with its post, or when its author changes it. */
const watchForChanges = (app: App, { id, edit }: FileRow) =>
  abortOnChange(app, async () => JSON.stringify((await lookUpProcessing(app.db, id))?.edit) === JSON.stringify(edit))

type Publishing = { now: Date; crowd: number; adaptiveSeconds: number }

async function finish(tx: Tx, file: FileRow, processed: Processed, publishing: Publishing) {
  const ready = await markReady(tx, file.id, processed)
  if (!ready) return false
  // links to the bytes that were replaced end
  if (Object.keys(file.renditions).length) await revokeFiles(tx, [file.id], publishing.now)
  await enqueueLadder(tx, ready, publishing.adaptiveSeconds, publishing.now)
  // read from the new row: the file may have been added to a post in the meantime
  if (ready.postId) await publishWhenReady(tx, ready.postId, publishing)
  return true
}

/** Stores progress in whole percents, and not too often. Most photos are ready before the first time. */
function progressOf({ write }: App, { id }: FileRow) {
  let last = { at: Date.now(), step: -1 }
  return (progress: number) => {
    const step = Math.floor(progress * 100)
    if (step === last.step || Date.now() - last.at < PROGRESS_MS) return
    last = { at: Date.now(), step }
    // a failed update does not matter, because the next one follows soon
    void write((tx) => setProgress(tx, id, step / 100)).catch(() => {})
  }
}

async function giveUp(tx: Tx, file: FileRow, error: Message, now: Date): Promise<boolean> {
  const failed = await markFailed(tx, file, error)
  if (failed) await notifyFailed(tx, failed, now)
  return failed !== undefined
}

/** Erases all bytes of a deleted file. Erasing them twice changes nothing. */
export const erase: Handler<'files.erase'> = {
  async run(app, { payload }) {
    const uploadId = await lookUpUploadId(app.db, payload.fileId)
    if (uploadId) await dropUpload(app, uploadId) // a bucket keeps what arrived until the file is processed
    await app.storage.delete(payload.fileId)
  },
}
