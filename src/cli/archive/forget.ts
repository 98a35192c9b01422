import { eq } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/open'
import { deleteFile, detachFiles } from '../../files/model'
import { files } from '../../files/table'
import { deletePost } from '../../posts/delete'
import { posts } from '../../posts/table'
import { findById } from '../../users/model'

/** Whether somebody deleted this file, by what the database says now. */
export async function isDeleted(live: Reader, fileId: number): Promise<boolean> {
  const [file] = await live.select({ deletedAt: files.deletedAt }).from(files).where(eq(files.id, fileId))
  return !file || file.deletedAt !== null
}

/** What was deleted while the bytes were being copied is deleted in the copy of the database, too: the file, and its post where that went. */
export async function forget(copy: Tx, live: Reader, fileId: number, now: Date): Promise<void> {
  const [file] = await copy.select({ postId: files.postId }).from(files).where(eq(files.id, fileId))
  if (file?.postId && (await isPostDeleted(live, file.postId))) {
    const [post] = await copy.select({ authorId: posts.authorId, deletedAt: posts.deletedAt }).from(posts).where(eq(posts.id, file.postId))
    if (post && !post.deletedAt) await deletePost(copy, await findById(copy, post.authorId), file.postId, now)
  }
  await detachFiles(copy, [fileId], now)
  await deleteFile(copy, fileId, now)
}

async function isPostDeleted(live: Reader, postId: number): Promise<boolean> {
  const [post] = await live.select({ deletedAt: posts.deletedAt }).from(posts).where(eq(posts.id, postId))
  return !post || post.deletedAt !== null
}
