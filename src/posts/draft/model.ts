import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { type Place, placeFor } from '../../collections/place'
import type { Reader, Tx } from '../../db/open'
import { prepared } from '../../db/prepared'
import { deleteFile, requireFree } from '../../files/model'
import { type FileRow, files } from '../../files/table'
import type { Person } from '../../ports/people'
import { type Draft, draftFiles, drafts } from './table'

type Who = Pick<Person, 'id'>

export type SavedDraft = Draft & { files: FileRow[] }

/** Looks up the post that somebody is making, with those of its files that can still be published. */
export async function lookUpDraft(db: Reader, me: Who): Promise<SavedDraft | undefined> {
  const [draft] = await draftOf(db).execute({ me: me.id })
  if (!draft) return
  const rows = await filesOf(db).execute({ me: me.id })
  return { ...draft, files: rows.map(({ file }) => file) }
}

const draftOf = prepared((db: Reader) =>
  db
    .select()
    .from(drafts)
    .where(eq(drafts.userId, sql.placeholder('me')))
    .limit(1)
    .prepare(),
)

const filesOf = prepared((db: Reader) =>
  db
    .select({ file: files })
    .from(draftFiles)
    .innerJoin(files, eq(files.id, draftFiles.fileId))
    .where(and(eq(draftFiles.userId, sql.placeholder('me')), isNull(files.postId), isNull(files.deletedAt)))
    .orderBy(asc(draftFiles.position))
    .prepare(),
)

export type DraftContents = Omit<Draft, 'userId' | 'savedAt' | 'collectionId'> & Place & { fileIds: number[] }

/** Replaces the draft by these contents. Returns true if there was none. */
export async function saveDraft(
  tx: Tx,
  me: Person,
  { fileIds, collectionId, collectionName, ...contents }: DraftContents,
  now: Date,
): Promise<boolean> {
  await requireFree(tx, me, fileIds)
  const before = await lookUpDraft(tx, me)
  const place = await placeFor(tx, me, { collectionId, collectionName }, now)
  const row = { ...contents, collectionId: place, savedAt: now }
  await tx
    .insert(drafts)
    .values({ userId: me.id, ...row })
    .onConflictDoUpdate({ target: drafts.userId, set: row })
  await tx.delete(draftFiles).where(eq(draftFiles.userId, me.id))
  if (fileIds.length)
    await tx.insert(draftFiles).values(fileIds.map((fileId, position) => ({ fileId, userId: me.id, position })))
  return !before
}

/** Deletes the draft and its files. */
export async function discardDraft(tx: Tx, me: Who, now: Date): Promise<void> {
  const draft = await lookUpDraft(tx, me)
  await forgetDraft(tx, me)
  for (const { id } of draft?.files ?? []) await deleteFile(tx, id, now)
}

async function forgetDraft(tx: Tx, me: Who) {
  await tx.delete(draftFiles).where(eq(draftFiles.userId, me.id))
  await tx.delete(drafts).where(eq(drafts.userId, me.id))
}

/** Ends the draft that becomes a post: the one that holds any of its files. */
export async function endDraft(tx: Tx, me: Who, fileIds: number[]): Promise<void> {
  const held = and(eq(draftFiles.userId, me.id), inArray(draftFiles.fileId, fileIds))
  const rows = await tx.select({ id: draftFiles.fileId }).from(draftFiles).where(held).limit(1)
  if (rows.length) await forgetDraft(tx, me)
}

/** Erases the draft of a deleted account. Its files are erased with the others. */
export async function eraseDraftOf(tx: Tx, user: Who): Promise<boolean> {
  await forgetDraft(tx, user)
  return false
}
