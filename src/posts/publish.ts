import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '../db/open'
import { attachFiles, filesOfPosts } from '../files/model'
import { enqueue } from '../jobs/queue'
import { count } from '../users/model'
import type { Person } from '../users/table'
import { posts, type Visibility } from './table'

export type PostDraft = { caption: string; price: number; visibility: Visibility; sensitive: boolean; fileIds: number[] }

/** A post of files of mine, which nobody else is in. It is published by itself when all of them are ready, perhaps at once. */
export async function createPost(tx: Tx, author: Person, { fileIds, ...draft }: PostDraft, now: Date): Promise<number> {
  const [post] = await tx
    .insert(posts)
    .values({ authorId: author.id, ...draft, createdAt: now })
    .returning({ id: posts.id })
  await attachFiles(tx, author, post!.id, fileIds)
  await publishWhenReady(tx, post!.id, now)
  return post!.id
}

/** Publishing twice is harmless: only the first call delivers. */
export async function publishWhenReady(tx: Tx, id: number, now: Date): Promise<void> {
  const files = (await filesOfPosts(tx, [id])).get(id) ?? []
  if (!files.length || files.some(({ status }) => status !== 'ready')) return
  const unpublished = and(eq(posts.id, id), isNull(posts.publishedAt), isNull(posts.deletedAt))
  const [post] = await tx.update(posts).set({ publishedAt: now }).where(unpublished).returning()
  if (!post) return
  await count(tx, post.authorId, 'posts', 1)
  await enqueue(tx, 'inbox.deliver', { postId: id, after: 0 }, now)
}
