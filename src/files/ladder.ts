import type { App } from '../context'
import type { Tx } from '../db/open'
import type { Handler } from '../jobs/handler'
import { enqueue } from '../jobs/queue'
import { log } from '../log'
import { BadMedia } from '../media/errors'
import { isWorthLevels } from '../media/ladder/levels'
import { lookUpFile } from './model'
import { addRenditions } from './processed'
import { makeLadder, removeLadder } from './render'
import type { FileRow } from './table'
import { abortOnChange } from './watch'

/**
 * Adds the job that makes other qualities of a video that is ready, if they pay. People can watch the MP4 meanwhile, so a
 * post does not wait for them.
 */
export async function enqueueLadder(
  tx: Tx,
  file: Pick<FileRow, 'id' | 'ownerId' | 'duration' | 'renditions'>,
  fromSeconds: number,
  now: Date,
): Promise<void> {
  if (isWorthCopies(file, fromSeconds)) await enqueue(tx, 'files.ladder', { fileId: file.id }, now, file.ownerId)
}

/** Whether other qualities of a video would pay, and it has none. */
export function isWorthCopies(
  { duration, renditions: { mp4, hls } }: Pick<FileRow, 'duration' | 'renditions'>,
  fromSeconds: number,
): boolean {
  return !!mp4 && !hls && isWorthLevels(mp4, duration ?? 0, mp4.bytes, fromSeconds)
}

/**
 * Makes the other qualities of a video that is ready. A failure is only logged, because the MP4 plays without them.
 */
export const ladder: Handler<'files.ladder'> = {
  attempts: 2,
  async run(app, { payload }, signal) {
    const file = await lookUpReady(app, payload.fileId)
    if (!file || file.renditions.hls) return
    using change = watchForChanges(app, file)
    const asking = { signal: AbortSignal.any([signal, change.signal]), onProgress: () => {} }
    try {
      const made = await makeLadder(app, file, asking)
      if (!Object.keys(made).length || (await app.write((tx) => addRenditions(tx, file, made)))) return
      await dropMade(app, file)
    } catch (error) {
      if (change.signal.aborted) return
      // the MP4 stays, so people miss nothing but the choice
      if (!(error instanceof BadMedia)) throw error
      log.warn('No other qualities could be made of a video', { file: file.id, error: error.cause ?? error })
    }
  },
}

/** Looks up a video that is ready, of whose MP4 other qualities can be made. */
const lookUpReady = async ({ db }: App, id: number): Promise<FileRow | null> => {
  const file = await lookUpFile(db, id)
  return file && !file.deletedAt && file.status === 'ready' && file.renditions.mp4 ? file : null
}

/** Takes back what was stored after the file was deleted or changed. What another job has stored by now stays. */
async function dropMade(app: App, file: FileRow) {
  const now = await lookUpFile(app.db, file.id)
  if (!now || now.deletedAt) return app.storage.delete(file.id)
  if (!now.renditions.hls) await removeLadder(app, file)
}

/** Aborts the work when the file is deleted, or when the MP4 of which it is made is replaced. */
const watchForChanges = (app: App, { id, renditions }: FileRow) =>
  abortOnChange(app, async () => {
    const now = await lookUpReady(app, id)
    return now !== null && now.renditions.mp4?.sha256 === renditions.mp4?.sha256
  })
