import { and, asc, eq, gt, isNull, like, not, sql } from 'drizzle-orm'
import type { Reader, Store, Tx } from '../db/open'
import type { Handler } from '../jobs/handler'
import { enqueue } from '../jobs/queue'
import { jobs } from '../jobs/table'
import type { Rendition } from '../media/renditions'
import { Problem } from '../problem'
import { countStorage } from '../users/model'
import { enqueueLadder } from './ladder'
import { lookUpFile, revokeFiles } from './model'
import { removeLadder } from './render'
import { type FileRow, files } from './table'

/** The bytes that can be dropped, and of how many videos. */
export type Droppable = { files: number; bytes: number }
type Changing = Pick<Store, 'db' | 'write'>

const CHUNK = 50

/** Only these are ever dropped: they are made of the MP4, which stays, and videos play without them. */
const isQuality = (name: string) => /^(hls|scrub|\d+p(-list)?)$/.test(name)

const qualitiesOf = (renditions: FileRow['renditions']): [string, Rendition][] =>
  Object.entries(renditions).filter(([name]) => isQuality(name))

const bytesOf = (renditions: FileRow['renditions']): number =>
  qualitiesOf(renditions).reduce((sum, [, { bytes, sameAs }]) => sum + (sameAs ? 0 : bytes), 0)

const isVideo = and(eq(files.kind, 'video'), eq(files.status, 'ready'), isNull(files.deletedAt))
const hasQualities = like(files.renditions, '%"hls":%')

/** Lists all videos with other qualities, or all without, in steps. */
async function* listVideos(db: Reader, which: 'with' | 'without'): AsyncGenerator<FileRow[]> {
  for (let after = 0; ; ) {
    const rows = await db
      .select()
      .from(files)
      .where(and(gt(files.id, after), isVideo, which === 'with' ? hasQualities : not(hasQualities)))
      .orderBy(asc(files.id))
      .limit(CHUNK)
    if (!rows.length) return
    after = rows.at(-1)!.id
    yield rows
  }
}

/** Measures what dropping the other qualities of all videos would free. */
export async function measureDroppable(db: Reader): Promise<Droppable> {
  const sum = { files: 0, bytes: 0 }
  for await (const rows of listVideos(db, 'with'))
    for (const { renditions } of rows) {
      sum.files++
      sum.bytes += bytesOf(renditions)
    }
  return sum
}

/**
 * Drops the other qualities of all videos. Their links end, so that a page which plays one goes on with the MP4. A job
 * erases the bytes of each after the commit.
 */
export async function dropQualities({ db, write }: Changing, now: Date): Promise<Droppable> {
  const sum = { files: 0, bytes: 0 }
  for await (const rows of listVideos(db, 'with'))
    for (const bytes of await write((tx) => Promise.all(rows.map((row) => dropOne(tx, row, now)))))
      if (bytes !== null) {
        sum.files++
        sum.bytes += bytes
      }
  return sum
}

/** Returns null when the file has changed since it was read. */
async function dropOne(tx: Tx, { id, ownerId, renditions }: FileRow, now: Date): Promise<number | null> {
  const kept = Object.fromEntries(Object.entries(renditions).filter(([name]) => !isQuality(name)))
  if (!kept.mp4) return null
  const bytes = bytesOf(renditions)
  const [file] = await tx
    .update(files)
    .set({ renditions: kept, renditionBytes: sql`${files.renditionBytes} - ${bytes}` })
    .where(and(eq(files.id, id), isVideo, eq(files.renditions, renditions)))
    .returning({ id: files.id })
  if (!file) return null
  await countStorage(tx, ownerId, -bytes)
  await revokeFiles(tx, [id], now)
  await enqueue(tx, 'files.shrink', { fileId: id }, now)
  return bytes
}

const waiting = (db: Reader, kind: 'files.shrink' | 'files.ladder') =>
  db.$count(jobs, and(eq(jobs.kind, kind), isNull(jobs.diedAt)))

/** Counts the videos whose other qualities are being made. */
export const countMaking = (db: Reader): Promise<number> => waiting(db, 'files.ladder')

/** Lets jobs make the other qualities of all videos that are long enough for them and have none. */
export async function makeQualitiesAgain({ db, write }: Changing, fromSeconds: number, now: Date): Promise<number> {
  if (await waiting(db, 'files.shrink'))
    throw new Problem('conflict', 'The copies are still being erased. Please try again in a moment.', {
      code: 'in_progress',
    })
  const before = await countMaking(db)
  const making = await filesBeingMade(db)
  for await (const rows of listVideos(db, 'without'))
    await write(async (tx) => {
      for (const file of rows) if (!making.has(file.id)) await enqueueLadder(tx, file, fromSeconds, now)
    })
  return (await countMaking(db)) - before
}

async function filesBeingMade(db: Reader): Promise<Set<number>> {
  const rows = await db.select({ payload: jobs.payload }).from(jobs).where(eq(jobs.kind, 'files.ladder'))
  return new Set(rows.map(({ payload }) => (payload as { fileId: number }).fileId))
}

/** Erases the bytes of the qualities that were dropped, unless they have been made again. */
export const shrink: Handler<'files.shrink'> = {
  async run(app, { payload: { fileId } }) {
    const file = await lookUpFile(app.db, fileId)
    if (file && !file.deletedAt && !file.renditions.hls && !(await filesBeingMade(app.db)).has(fileId))
      await removeLadder(app, file)
  },
}
