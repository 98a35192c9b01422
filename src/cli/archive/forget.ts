import { eq } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/open'
import { deleteFile, detachFiles } from '../../files/model'
import { files } from '../../files/table'
import { deletePost } from '../../posts/delete'
import { posts } from '../../posts/table'
import { changeAccount } from '../../users/account'
import { findAccount } from '../../users/model'

/** Whether somebody deleted this file, by what the database says now. */
export async function isDeleted(live: Reader, fileId: number): Promise<boolean> {
  const [file] = await live.select({ deletedAt: files.deletedAt }).from(files).where(eq(files.id, fileId))
  return !file || file.deletedAt !== null
}

/**
 * What was deleted while the bytes were being copied is deleted in the copy of the database, too: the file, its post where that went,
 * and its place as somebody's picture.
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
