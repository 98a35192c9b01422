import { and, asc, eq, gt, isNull, like, not, sql } from 'drizzle-orm'
import type { Reader } from '../../db/open'
import type { JobKind, Jobs } from '../../jobs/kinds'
import { jobs } from '../../jobs/table'
import type { Rendition } from '../../media/renditions'
import { isWorthCopies } from '../ladder'
import { type FileRow, files } from '../table'

type Renditions = FileRow['renditions']
export type Video = Pick<FileRow, 'id' | 'ownerId' | 'duration' | 'renditions'>

/** Only these are ever dropped: they are made of the MP4, which stays, and videos play without them. */
const isCopy = (name: string) => /^(hls|scrub|\d+p(-list)?)$/.test(name)

const pick = (renditions: Renditions, wanted: (name: string) => boolean): Renditions =>
  Object.fromEntries(Object.entries(renditions).filter(([name]) => wanted(name)))

/** The renditions that stay when the copies are dropped. */
export const withoutCopies = (renditions: Renditions): Renditions => pick(renditions, (name) => !isCopy(name))

/** How many bytes the copies of a video take. Two names may stand for the same bytes. */
export const bytesOfCopies = (renditions: Renditions): number =>
  Object.values<Rendition>(pick(renditions, isCopy)).reduce((sum, { bytes, sameAs }) => sum + (sameAs ? 0 : bytes), 0)

// The kind is written out, since only then is the index of the videos used.
const isVideo = and(sql`${files.kind} = 'video'`, eq(files.status, 'ready'), isNull(files.deletedAt))
const hasCopies = like(files.renditions, '%"hls":%')

type Which = 'with' | 'without'

/** Lists the next videos with copies, or without, in the order of their ids. */
export const listVideos = (db: Reader, which: Which, after: number, most: number): Promise<Video[]> =>
  db
    .select({ id: files.id, ownerId: files.ownerId, duration: files.duration, renditions: files.renditions })
    .from(files)
    .where(and(gt(files.id, after), isVideo, which === 'with' ? hasCopies : not(hasCopies)))
    .orderBy(asc(files.id))
    .limit(most)

const CHUNK = 200

/** Lists all videos after an id, and lets others have the event loop from time to time. */
async function* allVideos(db: Reader, which: Which, after = 0): AsyncGenerator<Video> {
  for (let at = after; ; ) {
    const videos = await listVideos(db, which, at, CHUNK)
    yield* videos
    if (videos.length < CHUNK) return
    at = videos.at(-1)!.id
    await new Promise((others) => setImmediate(others))
  }
}

/** The bytes that can be dropped, and of how many videos. */
export type Droppable = { files: number; bytes: number }

/** Measures what dropping the copies of all videos after an id would free. */
export async function measureDroppable(db: Reader, after = 0): Promise<Droppable> {
  const sum = { files: 0, bytes: 0 }
  for await (const { renditions } of allVideos(db, 'with', after)) {
    sum.files++
    sum.bytes += bytesOfCopies(renditions)
  }
  return sum
}

/** Counts the videos after an id that should have copies, have none, and for which no job waits to make them. */
export async function countMissing(db: Reader, fromSeconds: number, after = 0): Promise<number> {
  if (!fromSeconds) return 0
  const making = await filesBeingMade(db)
  let count = 0
  for await (const video of allVideos(db, 'without', after))
    if (!making.has(video.id) && isWorthCopies(video, fromSeconds)) count++
  return count
}

/** The videos for which jobs make copies, or wait to do so. */
export async function filesBeingMade(db: Reader): Promise<Set<number>> {
  const rows = await db
    .select({ payload: jobs.payload })
    .from(jobs)
    .where(and(eq(jobs.kind, 'files.ladder'), isNull(jobs.diedAt)))
  return new Set(rows.map(({ payload }) => (payload as Jobs['files.ladder']).fileId))
}

/** Counts the jobs of a kind that wait or run. */
export const countJobs = (db: Reader, kind: JobKind): Promise<number> =>
  db.$count(jobs, and(eq(jobs.kind, kind), isNull(jobs.diedAt)))

/** Looks up behind which video the job goes on that drops or makes all copies; undefined when there is none. */
export async function lookUpPlace(db: Reader, kind: 'copies.drop' | 'copies.make'): Promise<number | undefined> {
  const [job] = await db
    .select({ payload: jobs.payload })
    .from(jobs)
    .where(and(eq(jobs.key, kind), isNull(jobs.diedAt)))
  return (job?.payload as Jobs[typeof kind] | undefined)?.after
}
