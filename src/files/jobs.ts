import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../context'
import type { Tx } from '../db/open'
import type { Handler } from '../jobs/handler'
import { BadMedia } from '../media/errors'
import { IMAGE_RENDITIONS, type RenditionName, storedFile, VIDEO_RENDITIONS } from '../media/renditions'
import { notifyFailed } from '../notifications/model'
import { publishWhenReady } from '../posts/publish'
import { adopt, dropUpload } from '../uploads/adopt'
import type { Message } from './message'
import { findProcessing, findUploadId, markFailed, markReady, type Processed, setProgress } from './model'
import type { FileRow } from './table'

/** The shortest time between two progress updates. */
const PROGRESS_MS = 500

/** Makes the renditions of an uploaded photo. A post that waited for this file is published in the same commit. */
export const processFile = making<'files.process'>(3, IMAGE_RENDITIONS, async ({ mediaWorker }, task, asking) => ({
  ...(await mediaWorker.image(task, asking)),
  duration: null,
}))

/** Makes the renditions of a video. A conversion may take hours, so it gets fewer attempts. */
export const convertVideo = making<'files.convert'>(2, VIDEO_RENDITIONS, ({ mediaWorker }, task, asking) =>
  mediaWorker.video(task, asking),
)

type Make = (
  app: App,
  task: { input: string; output: string },
  asking: { signal: AbortSignal; onProgress: (progress: number) => void },
) => Promise<Processed>

function making<K extends 'files.process' | 'files.convert'>(
  attempts: number,
  names: readonly RenditionName[],
  make: Make,
): Handler<K> {
  return {
    attempts,
    async run(app, { payload }, signal) {
      const file = await findProcessing(app.db, payload.fileId)
      if (!file) return
      using deletion = watchForDeletion(app, file)
      try {
        await render(app, file, names, (task) => {
          const asking = { signal: AbortSignal.any([signal, deletion.signal]), onProgress: progressOf(app, file) }
          return make(app, task, asking)
        })
      } catch (error) {
        // renditions stored after the deletion erased the folder
        if (deletion.signal.aborted) return app.storage.delete(file.id)
        if (!(error instanceof BadMedia)) throw error
        await app.write((tx) => giveUp(tx, file.id, error, app.now()))
      }
    },
    died: (tx, { payload }, now) =>
      giveUp(
        tx,
        payload.fileId,
        { code: 'interrupted', message: 'Processing this file was interrupted. Please try again.' },
        now,
      ),
  }
}

/** Aborts the processing when the file is deleted, alone or with its post. */
function watchForDeletion({ db, onChange }: App, { id }: FileRow) {
  const deletion = new AbortController()
  const forget = onChange(async () => {
    if (!(await findProcessing(db, id))) deletion.abort(new Error('The file was deleted.'))
  })
  return { signal: deletion.signal, [Symbol.dispose]: forget }
}

async function render(
  app: App,
  file: FileRow,
  names: readonly RenditionName[],
  make: (task: Parameters<Make>[1]) => Promise<Processed>,
) {
  const { storage, config, write, now } = app
  const output = join(config.dataDir, 'work', String(file.id))
  await rm(output, { recursive: true, force: true })
  await mkdir(output, { recursive: true })
  try {
    const scratch = join(output, 'original')
    await adopt(app, file, scratch)
    const input = await storage.pathOf(file.id, 'original', scratch)
    if (!input) throw new Error(`The original of file ${file.id} is missing.`)
    const { width, height, duration, placeholder, sha256, renditions, note } = await make({ input, output })
    const made = new Set(names.map((name) => storedFile(name, renditions[name]!)))
    for (const name of made) await storage.put(file.id, name, join(output, name))
    const there = await write(async (tx) => {
      const ready = await markReady(tx, file.id, { width, height, duration, placeholder, sha256, renditions, note })
      // read from the new row: the file may have been added to a post in the meantime
      if (ready?.postId) await publishWhenReady(tx, ready.postId, { now: now(), crowd: config.crowd })
      return ready
    })
    if (!there) await storage.delete(file.id) // the file was deleted while it was processed
  } finally {
    await rm(output, { recursive: true, force: true })
  }
}

/** Stores progress in whole percents, and not too often. */
function progressOf({ write }: App, { id }: FileRow) {
  let last = { at: 0, step: -1 }
  return (progress: number) => {
    const step = Math.floor(progress * 100)
    if (step === last.step || Date.now() - last.at < PROGRESS_MS) return
    last = { at: Date.now(), step }
    // a failed update does not matter, because the next one follows soon
    void write((tx) => setProgress(tx, id, step / 100)).catch(() => {})
  }
}

async function giveUp(tx: Tx, fileId: number, error: Message, now: Date) {
  const file = await markFailed(tx, fileId, error)
  if (file) await notifyFailed(tx, file, now)
}

export const erase: Handler<'files.erase'> = {
  async run(app, { payload }) {
    const uploadId = await findUploadId(app.db, payload.fileId)
    if (uploadId) await dropUpload(app, uploadId) // a bucket keeps what arrived until the file is processed
    await app.storage.delete(payload.fileId)
  },
}
