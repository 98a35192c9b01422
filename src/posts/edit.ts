import { and, eq, isNull } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { attachFiles, deleteFile, detachFiles, filesOfPosts, findOwnFile, revokeFiles } from '../files/model'
import { Problem } from '../http/errors'
import { enqueue } from '../jobs/queue'
import { count } from '../users/model'
import type { Person } from '../users/table'
import { findPost, lookUpPost, type PostRow, withFiles } from './feed'
import { type PostDraft, publishWhenReady } from './publish'
import { posts } from './table'

export type PostPatch = { [K in keyof PostDraft]?: PostDraft[K] | undefined }

export async function findOwnPost(db: Reader, me: Person, id: number): Promise<PostRow> {
  return mine(me, await findPost(db, me, id))
}

function mine(me: Person, row: PostRow): PostRow {
  if (row.post.authorId !== me.id) throw new Problem('forbidden', 'Only its author can change a post.')
  return row
}

/** What is left out stays. Narrower visibility ends the links that others hold to its files. */
export async function changePost(tx: Tx, me: Person, id: number, { fileIds, ...patch }: PostPatch, now: Date): Promise<void> {
  const { post, files } = await findOwnPost(tx, me, id)
  if (fileIds) await changeFiles(tx, me, { ...post, fileIds: files.map((file) => file.id) }, fileIds, now)
  if (patch.visibility === 'followers' && post.visibility === 'everyone') await revokeFiles(tx, await idsOf(tx, id), now)
  if (Object.keys(patch).length) await tx.update(posts).set(patch).where(eq(posts.id, id))
  await publishWhenReady(tx, id, now)
}

const idsOf = async (tx: Tx, postId: number) => ((await filesOfPosts(tx, [postId])).get(postId) ?? []).map(({ id }) => id)

type Holding = { id: number; publishedAt: Date | null; fileIds: number[] }

/** What others see already never goes back to "processing", so what comes in must be ready. */
async function changeFiles(tx: Tx, me: Person, post: Holding, fileIds: number[], now: Date) {
  for (const id of post.publishedAt ? fileIds : []) {
    const { status } = await findOwnFile(tx, me, id)
    if (status !== 'ready') throw new Problem('conflict', 'This file is not ready yet.', { code: 'file_not_ready', fileId: id })
  }
  await detachFiles(
    tx,
    post.fileIds.filter((id) => !fileIds.includes(id)),
    now,
  )
  await attachFiles(tx, me, post.id, fileIds)
}

/** Out of sight with this commit; bytes and inbox rows go by jobs. Deleting one that is gone, or never was, changes nothing. */
export async function deletePost(tx: Tx, me: Person, id: number, now: Date): Promise<void> {
  const row = await lookUpPost(tx, me, id)
  if (!row) return
  await erasePost(tx, mine(me, row), now)
}

async function erasePost(tx: Tx, { post, files }: Pick<PostRow, 'post' | 'files'>, now: Date) {
  await tx.update(posts).set({ deletedAt: now, caption: '' }).where(eq(posts.id, post.id))
  for (const file of files) await deleteFile(tx, file.id, now)
  if (!post.publishedAt) return
  await count(tx, post.authorId, 'posts', -1)
  await enqueue(tx, 'inbox.retract', { postId: post.id, authorId: post.authorId, at: +post.publishedAt, after: 0 }, now)
}

const CHUNK = 20

/** Some of the posts of somebody who is gone; true when there may be more. */
export async function erasePostsOf(tx: Tx, author: Person, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ post: posts })
    .from(posts)
    .where(and(eq(posts.authorId, author.id), isNull(posts.deletedAt)))
    .limit(CHUNK)
  for (const row of await withFiles(tx, rows)) await erasePost(tx, row, now)
  return rows.length === CHUNK
}
