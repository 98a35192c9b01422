import { eq, sql } from 'drizzle-orm'
import { type Doer, record } from '../../actions/record'
import { isFalse } from '../../db/columns'
import type { Reader, Tx } from '../../db/open'
import type { Handler } from '../../jobs/handler'
import type { Job } from '../../jobs/kinds'
import { createPace } from '../../jobs/pace'
import { advance, enqueue, enqueueOnce, withdrawJobs } from '../../jobs/queue'
import { jobs } from '../../jobs/table'
import { countStorage } from '../../users/model'
import { lookUpFile, revokeFiles } from '../model'
import { removeLadder } from '../render'
import { files } from '../table'
import {
  bytesOfCopies,
  countJobs,
  type Droppable,
  filesBeingMade,
  listVideos,
  lookUpPlace,
  measureDroppable,
  type Video,
  withoutCopies,
} from './videos'

/** How many videos a step drops the copies of while there are no requests. */
const STEP = 100

/**
 * Lets a job drop the copies of all videos, of which `found` was measured. Copies that wait to be made are not made any
 * more, or the disk would fill again.
 */
export async function dropCopies(tx: Tx, by: Doer, found: Droppable, now: Date): Promise<void> {
  await withdrawJobs(tx, 'copies.make')
  await withdrawJobs(tx, 'files.ladder', isFalse(jobs.leased))
  await enqueueOnce(tx, 'copies.drop', 'copies.drop', { after: 0 }, now)
  await record(tx, { kind: 'copies_dropped', by, detail: found }, now)
}

/** Counts the videos whose copies wait to be dropped, and those whose copies are dropped and not erased yet. */
export async function countDropping(db: Reader): Promise<number> {
  const after = await lookUpPlace(db, 'copies.drop')
  const left = after === undefined ? 0 : (await measureDroppable(db, after)).files
  return left + (await countJobs(db, 'files.shrink'))
}

/** Whether copies are still being dropped or erased. */
export const isDropping = async (db: Reader): Promise<boolean> =>
  (await countJobs(db, 'copies.drop')) + (await countJobs(db, 'files.shrink')) > 0

/**
 * Drops the copies of all videos. Their links end, so that a page which plays one goes on with the MP4. A job erases the
 * bytes of each after the commit.
 */
export const drop: Handler<'copies.drop'> = {
  async run({ write, traffic, now }, job, signal) {
    const pace = createPace(traffic, STEP)
    let after: number | undefined = job.payload.after
    while (after !== undefined) {
      signal.throwIfAborted()
      const here: number = after
      after = await pace((most) => write((tx) => dropSome(tx, job, here, most, now())))
    }
  },
}

/** Returns behind which video to go on, or undefined when none is left. */
async function dropSome(tx: Tx, job: Job<'copies.drop'>, after: number, most: number, now: Date) {
  const videos = await listVideos(tx, 'with', after, most)
  for (const video of videos) await dropOne(tx, video, now)
  const last = videos.at(-1)?.id
  if (last !== undefined) await advance(tx, job, { after: last })
  return last
}

async function dropOne(tx: Tx, { id, ownerId, renditions }: Video, now: Date): Promise<void> {
  if (!renditions.mp4) return
  const bytes = bytesOfCopies(renditions)
  const change = { renditions: withoutCopies(renditions), renditionBytes: sql`${files.renditionBytes} - ${bytes}` }
  await tx.update(files).set(change).where(eq(files.id, id))
  await countStorage(tx, ownerId, -bytes)
  await revokeFiles(tx, [id], now)
  await enqueue(tx, 'files.shrink', { fileId: id }, now)
}

/** Erases the bytes of the copies that were dropped, unless they have been made again. */
export const shrink: Handler<'files.shrink'> = {
  async run(app, { payload: { fileId } }) {
    const file = await lookUpFile(app.db, fileId)
    if (file && !file.deletedAt && !file.renditions.hls && !(await filesBeingMade(app.db)).has(fileId))
      await removeLadder(app, file)
  },
}
