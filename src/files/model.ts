import { and, asc, desc, eq, inArray, isNotNull, isNull, notExists, sql } from 'drizzle-orm'
import { isAnyOf } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { touchFile } from '../db/tell'
import { enqueue } from '../jobs/queue'
import type { Rendition } from '../media/renditions'
import type { Person } from '../ports/people'
import { posts } from '../posts/table'
import { Problem } from '../problem'
import { countStorage, takeStorage } from '../users/model'
import { users } from '../users/table'
import { type FileRow, files } from './table'

export type FileDraft = Pick<FileRow, 'uploadId' | 'name' | 'type' | 'kind' | 'bytes'>

const alive = isNull(files.deletedAt)
const own = (me: Pick<Person, 'id'>, id: number) => and(eq(files.id, id), eq(files.ownerId, me.id), alive)

/** The row, the room it takes (`quota` in bytes) and the job to process it, all or none. */
export async function createFile(
  tx: Tx,
  owner: Pick<Person, 'id'>,
  draft: FileDraft,
  quota: number,
  now: Date,
): Promise<FileRow> {
  await takeStorage(tx, owner.id, draft.bytes, quota)
  const [file] = await tx
    .insert(files)
    .values({ ...draft, ownerId: owner.id, status: 'processing', createdAt: now })
    .returning()
  await enqueueWork(tx, file!, now)
  return file!
}

const enqueueWork = (tx: Tx, { id, kind }: FileRow, now: Date) =>
  enqueue(tx, kind === 'video' ? 'files.convert' : 'files.process', { fileId: id }, now)

/** Of somebody else's nobody is told that it exists. */
export async function findOwnFile(db: Reader, me: Pick<Person, 'id'>, id: number): Promise<FileRow> {
  const [file] = await db.select().from(files).where(own(me, id)).limit(1)
  if (!file) throw new Problem('not_found', 'No such file.')
  return file
}

export async function findByUpload(db: Reader, uploadId: string): Promise<FileRow | undefined> {
  return (await db.select().from(files).where(eq(files.uploadId, uploadId)).limit(1))[0]
}

export async function findProcessing(db: Reader, id: number): Promise<FileRow | undefined> {
  const [file] = await db
    .select()
    .from(files)
    .where(and(eq(files.id, id), eq(files.status, 'processing'), alive))
    .limit(1)
  return file
}

/** What buyers keep of a post that I deleted is not mine to use any more. */
const inNoDeletedPost = (db: Reader) =>
  notExists(
    db
      .select({ one: sql`1` })
      .from(posts)
      .where(and(eq(posts.id, files.postId), isNotNull(posts.deletedAt))),
  )

/** Mine, newest first. */
export async function listFiles(db: Reader, me: Person, wanted: Wanted) {
  const rows = await db
    .select()
    .from(files)
    .where(and(eq(files.ownerId, me.id), alive, inNoDeletedPost(db), before(wanted.cursor, files.createdAt, files.id)))
    .orderBy(desc(files.createdAt), desc(files.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/** Nobody's profile picture. */
export const noAvatar = (db: Reader) =>
  notExists(db.select({ one: sql`1` }).from(users).where(eq(users.avatarFileId, files.id)))

/** Uploaded and in no post yet, in the order they came: what a new post begins with. */
export const listLoose = (db: Reader, me: Person, limit: number): Promise<FileRow[]> =>
  db
    .select()
    .from(files)
    .where(and(eq(files.ownerId, me.id), isNull(files.postId), alive, noAvatar(db)))
    .orderBy(asc(files.id))
    .limit(limit)

/** Of several posts at once, each in its order. */
const ofPosts = prepared((db: Reader) =>
  db
    .select()
    .from(files)
    .where(and(isAnyOf(files.postId, 'postIds'), alive))
    .orderBy(asc(files.postId), asc(files.position))
    .prepare(),
)

export async function filesOfPosts(db: Reader, postIds: number[]): Promise<Map<number, FileRow[]>> {
  if (!postIds.length) return new Map()
  const rows = await ofPosts(db).execute({ postIds: JSON.stringify(postIds) })
  return Map.groupBy(rows, ({ postId }) => postId!)
}

export async function changeAltText(tx: Tx, me: Person, id: number, altText: string): Promise<FileRow> {
  const [file] = await tx.update(files).set({ altText }).where(own(me, id)).returning()
  if (!file) throw new Problem('not_found', 'No such file.')
  return file
}

/** Puts files of mine into a post, in this order; those that are there already only change places. */
export async function attachFiles(tx: Tx, me: Person, postId: number, fileIds: number[]): Promise<void> {
  for (const [position, id] of fileIds.entries()) {
    const file = await findOwnFile(tx, me, id)
    const free = file.postId === postId || (file.postId === null && !(await isAvatar(tx, id)))
    if (!free) throw new Problem('conflict', 'This file is already used.', { code: 'file_in_use', fileId: id })
    await tx.update(files).set({ postId, position }).where(eq(files.id, id))
  }
}

const isAvatar = async (db: Reader, id: number) =>
  (await db.select({ id: users.id }).from(users).where(eq(users.avatarFileId, id)).limit(1)).length > 0

/** Out of its post, and out of sight at once for whoever held links to it. It is its owner's to use again. */
export async function detachFiles(tx: Tx, fileIds: number[], now: Date): Promise<void> {
  if (!fileIds.length) return
  await tx.update(files).set({ postId: null, position: 0 }).where(inArray(files.id, fileIds))
  await revokeFiles(tx, fileIds, now)
}

/** Links to these bytes end now. */
export async function revokeFiles(tx: Tx, fileIds: number[], now: Date): Promise<void> {
  await tx
    .update(files)
    .set({ epoch: sql`${files.epoch} + 1`, epochAt: now })
    .where(inArray(files.id, fileIds))
}

export const revokeFilesOf = (tx: Tx, owner: Pick<Person, 'id'>, now: Date) =>
  tx
    .update(files)
    .set({ epoch: sql`${files.epoch} + 1`, epochAt: now })
    .where(and(eq(files.ownerId, owner.id), alive))

/** A file of mine that no post needs. */
export async function deleteOwnFile(tx: Tx, me: Person, id: number, now: Date): Promise<void> {
  const [file] = await tx.select().from(files).where(own(me, id)).limit(1)
  if (!file) return
  if (file.postId)
    throw new Problem('conflict', 'This file is in a post. Take it out there first.', { code: 'file_in_use' })
  await deleteFile(tx, id, now)
}

/** Out of sight with this commit; a job erases the bytes. Deleting twice changes nothing. */
export async function deleteFile(tx: Tx, id: number, now: Date): Promise<void> {
  const [file] = await tx
    .update(files)
    .set({ deletedAt: now, placeholder: null, altText: '', name: '' })
    .where(and(eq(files.id, id), alive))
    .returning()
  if (!file) return
  await revokeFiles(tx, [id], now)
  await countStorage(tx, file.ownerId, -(file.bytes + file.renditionBytes))
  await enqueue(tx, 'files.erase', { fileId: id }, now)
}

export type Processed = Pick<FileRow, 'width' | 'height' | 'duration' | 'placeholder' | 'sha256'> & {
  renditions: Record<string, Rendition>
}

/** The row as it is now; undefined when the file was deleted in the meantime. */
export async function markReady(
  tx: Tx,
  id: number,
  { renditions, ...processed }: Processed,
): Promise<FileRow | undefined> {
  const renditionBytes = Object.values(renditions).reduce((sum, { bytes }) => sum + bytes, 0)
  const ready = {
    ...processed,
    renditions,
    renditionBytes,
    status: 'ready',
    progress: 1,
    errorCode: null,
    errorMessage: null,
  } as const
  const [file] = await tx
    .update(files)
    .set(ready)
    .where(and(eq(files.id, id), eq(files.status, 'processing'), alive))
    .returning()
  if (file) {
    touchFile(tx, file)
    await countStorage(tx, file.ownerId, renditionBytes)
  }
  return file
}

/** Undefined when there was nothing left to fail. */
export async function markFailed(
  tx: Tx,
  id: number,
  error: { code: string; message: string },
): Promise<FileRow | undefined> {
  const failed = { status: 'failed', errorCode: error.code, errorMessage: error.message } as const
  const [file] = await tx
    .update(files)
    .set(failed)
    .where(and(eq(files.id, id), eq(files.status, 'processing'), alive))
    .returning()
  if (file) touchFile(tx, file)
  return file
}

export async function setProgress(tx: Tx, id: number, progress: number): Promise<void> {
  const [file] = await tx
    .update(files)
    .set({ progress })
    .where(and(eq(files.id, id), eq(files.status, 'processing')))
    .returning()
  if (file) touchFile(tx, file)
}

/** Another try for what failed. */
export async function retryFile(tx: Tx, me: Person, id: number, now: Date): Promise<FileRow> {
  const again = { status: 'processing', progress: 0, errorCode: null, errorMessage: null } as const
  const [file] = await tx
    .update(files)
    .set(again)
    .where(and(own(me, id), eq(files.status, 'failed')))
    .returning()
  if (!file) return findOwnFile(tx, me, id)
  touchFile(tx, file)
  await enqueueWork(tx, file, now)
  return file
}

const CHUNK = 100

/** Some of the files of somebody who is gone, but for those that buyers keep (their posts have been seen to before); true when there may be more. */
export async function eraseFilesOf(tx: Tx, owner: Pick<Person, 'id'>, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: files.id })
    .from(files)
    .where(and(eq(files.ownerId, owner.id), isNull(files.postId), alive))
    .limit(CHUNK)
  for (const { id } of rows) await deleteFile(tx, id, now)
  return rows.length === CHUNK
}
