import { and, asc, desc, eq, inArray, isNotNull, isNull, notExists, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { isAnyOf } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { touchFile } from '../db/tell'
import { enqueue } from '../jobs/queue'
import type { Person } from '../ports/people'
import { inNoDraft, takeFromDraft } from '../posts/draft/files'
import { posts } from '../posts/table'
import { Problem } from '../problem'
import type { Quotas } from '../settings/quotas'
import { countStorage, takeStorage } from '../users/model'
import { users } from '../users/table'
import { type FileRow, files, type ShownFile, shownFile } from './table'

export type FileDraft = Pick<FileRow, 'uploadId' | 'name' | 'type' | 'kind' | 'bytes'>

const alive = isNull(files.deletedAt)
const own = (me: { id: number | Placeholder }, id: number | Placeholder) =>
  and(eq(files.id, id), eq(files.ownerId, me.id), alive)

/** Creates the file's row, counts its bytes against `quota` and enqueues its processing, in one transaction. */
export async function createFile(
  tx: Tx,
  owner: Pick<Person, 'id'>,
  draft: FileDraft,
  quota: number | Quotas,
  now: Date,
  processAt = now,
): Promise<FileRow> {
  await takeStorage(tx, owner.id, draft.bytes, quota)
  const [file] = await tx
    .insert(files)
    .values({ ...draft, ownerId: owner.id, status: 'processing', createdAt: now })
    .returning()
  await enqueueWork(tx, file!, processAt)
  return file!
}

/** Adds the job that makes the renditions. */
export const enqueueWork = (tx: Tx, { id, kind, ownerId }: FileRow, now: Date) =>
  enqueue(tx, kind === 'video' ? 'files.convert' : 'files.process', { fileId: id }, now, ownerId)

/** Finds a file of this person. Another person's file is reported as not found. */
export async function findOwnFile(db: Reader, me: Pick<Person, 'id'>, id: number): Promise<FileRow> {
  const [file] = await ownFile(db).execute({ me: me.id, id })
  if (!file) throw new Problem('not_found', 'This file does not exist.')
  return file
}

const ownFile = prepared((db: Reader) =>
  db
    .select()
    .from(files)
    .where(own({ id: sql.placeholder('me') }, sql.placeholder('id')))
    .limit(1)
    .prepare(),
)

/** Looks up the file that an upload became, also a deleted one. */
export async function lookUpByUpload(db: Reader, uploadId: string): Promise<FileRow | undefined> {
  return (await db.select().from(files).where(eq(files.uploadId, uploadId)).limit(1))[0]
}

/** Looks up any file that has a row, also a deleted one. */
export const lookUpFile = async (db: Reader, id: number): Promise<FileRow | undefined> =>
  (await db.select().from(files).where(eq(files.id, id)).limit(1))[0]

/** Looks up the upload that became this file, which may be deleted. */
export const lookUpUploadId = async (db: Reader, id: number): Promise<string | null> =>
  (await lookUpFile(db, id))?.uploadId ?? null

/** Looks up a file whose renditions are still to be made. */
export const lookUpProcessing = async (db: Reader, id: number): Promise<FileRow | undefined> =>
  (await processing(db).execute({ id }))[0]

// Prepared, because it is asked after every commit while the file is processed.
const processing = prepared((db: Reader) =>
  db
    .select()
    .from(files)
    .where(and(eq(files.id, sql.placeholder('id')), eq(files.status, 'processing'), alive))
    .limit(1)
    .prepare(),
)

/** Excludes files of deleted posts. They are kept for buyers, and their owner can no longer use them. */
const inNoDeletedPost = (db: Reader) =>
  notExists(
    db
      .select({ one: sql`1` })
      .from(posts)
      .where(and(eq(posts.id, files.postId), isNotNull(posts.deletedAt))),
  )

/** Lists the person's files, newest first: all of them, or those whose original has this hash. */
export async function listFiles(db: Reader, me: Person, wanted: Wanted, sha256?: string) {
  const asked = { me: me.id, ...placeholdersOf(wanted) }
  const rows = await (sha256 ? filesWith(db).execute({ ...asked, sha256 }) : filesOf(db).execute(asked))
  return toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

const ownFiles = (db: Reader, besides?: SQL) => {
  const mine = and(eq(files.ownerId, sql.placeholder('me')), besides, alive)
  return db
    .select()
    .from(files)
    .where(and(mine, inNoDeletedPost(db), beforePlaceholder(files.createdAt, files.id)))
    .orderBy(desc(files.createdAt), desc(files.id))
    .limit(sql.placeholder('most'))
    .prepare()
}
const filesOf = prepared((db: Reader) => ownFiles(db))
const filesWith = prepared((db: Reader) => ownFiles(db, eq(files.sha256, sql.placeholder('sha256'))))

/** Whether the person has a post with these bytes. */
export const isInPost = async (db: Reader, { id }: Pick<Person, 'id'>, sha256: string): Promise<boolean> => {
  const same = and(eq(files.ownerId, id), eq(files.sha256, sha256), isNotNull(files.postId), alive)
  return (await db.select({ id: files.id }).from(files).where(same).limit(1)).length > 0
}

/** Excludes profile pictures. */
export const noAvatar = (db: Reader) =>
  notExists(db.select({ one: sql`1` }).from(users).where(eq(users.avatarFileId, files.id)))

/** Lists uploads that are in no post and in no draft, oldest first. The form for a new post offers them. */
export const listLoose = (db: Reader, me: Person, limit: number): Promise<FileRow[]> =>
  loose(db).execute({ me: me.id, limit })

const loose = prepared((db: Reader) =>
  db
    .select()
    .from(files)
    .where(and(eq(files.ownerId, sql.placeholder('me')), isNull(files.postId), alive, noAvatar(db), inNoDraft(db)))
    .orderBy(asc(files.createdAt), asc(files.id))
    .limit(sql.placeholder('limit'))
    .prepare(),
)

const ofPosts = prepared((db: Reader) =>
  db
    .select(shownFile)
    .from(files)
    .where(and(isAnyOf(files.postId, 'postIds'), alive))
    .orderBy(asc(files.postId), asc(files.position))
    .prepare(),
)

/** Reads the files of several posts, in the order of each post. Posts without files have no entry. */
export async function filesOfPosts(db: Reader, postIds: number[]): Promise<Map<number, ShownFile[]>> {
  if (!postIds.length) return new Map()
  const rows = await ofPosts(db).execute({ postIds: JSON.stringify(postIds) })
  return Map.groupBy(rows, ({ postId }) => postId!)
}

/** Changes the alt text of a file of this person. Throws `not_found` for another person’s file. */
export async function changeAltText(tx: Tx, me: Person, id: number, altText: string): Promise<FileRow> {
  const [file] = await tx.update(files).set({ altText }).where(own(me, id)).returning()
  if (!file) throw new Problem('not_found', 'This file does not exist.')
  return file
}

/** Puts the person's files into a post in this order. Files that are already in the post are only moved. */
export async function attachFiles(tx: Tx, me: Person, postId: number, fileIds: number[]): Promise<void> {
  await requireFree(tx, me, fileIds, postId)
  for (const [position, id] of fileIds.entries())
    await tx.update(files).set({ postId, position }).where(eq(files.id, id))
  await takeFromDraft(tx, fileIds)
}

/** Throws unless these are files of the person that are in no other post than this one. */
export async function requireFree(tx: Tx, me: Pick<Person, 'id'>, fileIds: number[], postId?: number): Promise<void> {
  for (const id of fileIds) {
    const file = await findOwnFile(tx, me, id)
    const free = (file.postId !== null && file.postId === postId) || (await isFree(tx, file))
    if (!free)
      throw new Problem('conflict', 'This file is already in use. Upload it again to use it here, too.', {
        code: 'file_in_use',
        fileId: id,
      })
  }
}

/** Whether the file exists and can still be put into a post. */
export const isFree = async (db: Reader, { id, postId, deletedAt }: FileRow): Promise<boolean> =>
  deletedAt === null && postId === null && !(await isAvatar(db, id))

const isAvatar = async (db: Reader, id: number) =>
  (await db.select({ id: users.id }).from(users).where(eq(users.avatarFileId, id)).limit(1)).length > 0

/** Removes files from their post. Links to them end at once, and their owner can use them again. */
export async function detachFiles(tx: Tx, fileIds: number[], now: Date): Promise<void> {
  if (!fileIds.length) return
  await tx.update(files).set({ postId: null, position: 0 }).where(inArray(files.id, fileIds))
  await revokeFiles(tx, fileIds, now)
}

/** Ends all links to these files now. */
export async function revokeFiles(tx: Tx, fileIds: number[], now: Date): Promise<void> {
  await tx
    .update(files)
    .set({ epoch: sql`${files.epoch} + 1`, epochAt: now })
    .where(inArray(files.id, fileIds))
}

/** Ends all links to all files of a person now. */
export const revokeFilesOf = (tx: Tx, owner: Pick<Person, 'id'>, now: Date) =>
  tx
    .update(files)
    .set({ epoch: sql`${files.epoch} + 1`, epochAt: now })
    .where(and(eq(files.ownerId, owner.id), alive))

/** Deletes a file of this person, unless it is in a post. */
export async function deleteOwnFile(tx: Tx, me: Person, id: number, now: Date): Promise<void> {
  const [file] = await tx.select().from(files).where(own(me, id)).limit(1)
  if (!file) return
  if (file.postId)
    throw new Problem('conflict', 'This file is in a post. Remove it from the post first.', { code: 'file_in_use' })
  await deleteFile(tx, id, now)
}

/** Hides the file with this commit and lets a job erase its bytes. Deleting it twice has no effect. */
export async function deleteFile(tx: Tx, id: number, now: Date): Promise<void> {
  const [file] = await tx
    .update(files)
    .set({ deletedAt: now, placeholder: null, altText: '', name: '', captions: {}, edit: {}, madeFrom: null })
    .where(and(eq(files.id, id), alive))
    .returning()
  if (!file) return
  await takeFromDraft(tx, [id])
  await revokeFiles(tx, [id], now)
  await countStorage(tx, file.ownerId, -(file.bytes + file.renditionBytes))
  await enqueue(tx, 'files.erase', { fileId: id }, now)
}

/** Processes a failed file again. Any other file is returned unchanged. */
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

/**
 * Deletes a chunk of the files of an erased account. Files in posts stay, because by then only posts that buyers keep
 * are left. Returns true when there may be more.
 */
export async function eraseFilesOf(tx: Tx, owner: Pick<Person, 'id'>, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ id: files.id })
    .from(files)
    .where(and(eq(files.ownerId, owner.id), isNull(files.postId), alive))
    .limit(CHUNK)
  for (const { id } of rows) await deleteFile(tx, id, now)
  return rows.length === CHUNK
}
