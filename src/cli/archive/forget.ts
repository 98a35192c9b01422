import { eq } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/open'
import { deleteFile, detachFiles } from '../../files/model'
import { files } from '../../files/table'
import { deletePost } from '../../posts/delete'
import { posts } from '../../posts/table'
import { changeAccount } from '../../users/account'
import { findAccount } from '../../users/model'

/** Returns whether the file has been deleted, according to the current database. */
export async function isDeleted(live: Reader, fileId: number): Promise<boolean> {
  const [file] = await live.select({ deletedAt: files.deletedAt }).from(files).where(eq(files.id, fileId))
  return !file || file.deletedAt !== null
}

/**
 * Deletes a file from the copied database that was deleted during the copy: the file, its post if that was deleted as
 * well, and its use as a profile picture.
 */
export async function forget(copy: Tx, live: Reader, fileId: number, now: Date): Promise<void> {
  const [file] = await copy
    .select({ postId: files.postId, ownerId: files.ownerId })
    .from(files)
    .where(eq(files.id, fileId))
  if (!file) return
  const owner = await findAccount(copy, file.ownerId)
  if (owner.avatarFileId === fileId) await changeAccount(copy, owner, { avatarFileId: null }, now)
  if (file.postId && (await isPostDeleted(live, file.postId))) await deletePost(copy, owner, file.postId, now)
  await detachFiles(copy, [fileId], now)
  await deleteFile(copy, fileId, now)
}

async function isPostDeleted(live: Reader, postId: number): Promise<boolean> {
  const [post] = await live.select({ deletedAt: posts.deletedAt }).from(posts).where(eq(posts.id, postId))
  return !post || post.deletedAt !== null
}
