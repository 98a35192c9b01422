import { type Doer, record } from '../../actions/record'
import type { Reader, Tx } from '../../db/open'
import type { Handler } from '../../jobs/handler'
import type { Job } from '../../jobs/kinds'
import { createPace } from '../../jobs/pace'
import { advance, enqueueOnce, holdsJob } from '../../jobs/queue'
import { Problem } from '../../problem'
import { enqueueLadder } from '../ladder'
import { isDropping } from './drop'
import { countJobs, countMissing, filesBeingMade, listVideos, lookUpPlace } from './videos'

/** How many videos a step looks at while there are no requests. */
const STEP = 200

/**
 * Lets a job queue the making of the copies of all videos that are long enough for them and have none. `missing` is how
 * many were found. Throws 409 `in_progress` while copies are dropped.
 */
export async function makeCopies(tx: Tx, by: Doer, missing: number, now: Date): Promise<void> {
  if (await isDropping(tx))
    throw new Problem('conflict', 'The copies are still being erased. Please try again in a moment.', {
      code: 'in_progress',
    })
  await enqueueOnce(tx, 'copies.make', 'copies.make', { after: 0 }, now)
  await record(tx, { kind: 'copies_remade', by, detail: { files: missing } }, now)
}

/** Counts the videos whose copies wait to be made. */
export async function countMaking(db: Reader, fromSeconds: number): Promise<number> {
  const after = await lookUpPlace(db, 'copies.make')
  const left = after === undefined ? 0 : await countMissing(db, fromSeconds, after)
  return left + (await countJobs(db, 'files.ladder'))
}

/** Adds a job for each video without copies that should have some. It ends when the staff drop the copies meanwhile. */
export const make: Handler<'copies.make'> = {
  async run({ db, write, traffic, config, now }, job, signal) {
    const pace = createPace(traffic, STEP)
    const making = await filesBeingMade(db)
    let after: number | undefined = job.payload.after
    while (after !== undefined) {
      signal.throwIfAborted()
      const from: Place = { after, making, fromSeconds: config.adaptiveSeconds }
      after = await pace((most) => write((tx) => makeSome(tx, job, from, most, now())))
    }
  },
}

type Place = { after: number; making: Set<number>; fromSeconds: number }

/** Returns behind which video to go on, or undefined when none is left. */
async function makeSome(
  tx: Tx,
  job: Job<'copies.make'>,
  { after, making, fromSeconds }: Place,
  most: number,
  now: Date,
) {
  if (!(await holdsJob(tx, job))) return undefined
  const videos = await listVideos(tx, 'without', after, most)
  for (const video of videos) if (!making.has(video.id)) await enqueueLadder(tx, video, fromSeconds, now)
  const last = videos.at(-1)?.id
  if (last !== undefined) await advance(tx, job, { after: last })
  return last
}
