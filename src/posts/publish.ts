import { and, eq, exists, getTableColumns, gte, isNull, sql } from 'drizzle-orm'
import type { Visibility } from '../../shapes/posts'
import { collect } from '../collections/model'
import { type Place, placeFor } from '../collections/place'
import type { Tx } from '../db/open'
import { touchFollowersOf, touchMainPage, touchPost } from '../db/tell'
import { attachFiles, filesOfPosts } from '../files/model'
import { announceToHooks } from '../hooks/queue'
import { enqueue } from '../jobs/queue'
import type { Person } from '../ports/people'
import { countOnUser } from '../users/model'
import { users } from '../users/table'
import { type Flagged, flag, isHeld } from '../words/flags'
import { indexCaption } from './captions'
import { endDraft } from './draft/model'
import { tellMentioned } from './mentions/model'
import { crowds, posts } from './table'

export type PostDraft = {
  caption: string
  price: number
  visibility: Visibility
  sensitive: boolean
  adultsOnly: boolean
  fileIds: number[]
  /** Null to publish at once. */
  publishAt: Date | null
}

/**
 * The time, and the number of followers (`crowd`) from which an author's posts are merged into inboxes on reading
 * instead of being copied.
 */
export type Publishing = { now: Date; crowd: number }

/**
 * Creates a post from unused files of the author, and ends the draft that held them. It is published as soon as all of
 * them are ready and the time that the author chose has come, which may be at once, or later when its caption is held.
 * The post is in its collection from now on; only the author sees the collection.
 */
export async function createPost(
  tx: Tx,
  author: Person,
  { fileIds, collectionId, collectionName, ...draft }: PostDraft & Place,
  publishing: Publishing,
  flagged: Flagged[] = [],
): Promise<number> {
  const heldAt = isHeld(flagged, 'caption') ? publishing.now : null
  const [post] = await tx
    .insert(posts)
    .values({ authorId: author.id, ...draft, heldAt, createdAt: publishing.now })
    .returning({ id: posts.id })
  await endDraft(tx, author, fileIds)
  await attachFiles(tx, author, post!.id, fileIds)
  const place = await placeFor(tx, author, { collectionId, collectionName }, publishing.now)
  if (place) await collect(tx, author, place, post!.id, publishing.now)
  await flag(tx, author, { postId: post!.id }, flagged, publishing.now)
  await schedulePost(tx, post!.id, draft.publishAt)
  await publishWhenReady(tx, post!.id, publishing)
  return post!.id
}

/** Adds the job that publishes the post at its time. */
export async function schedulePost(tx: Tx, postId: number, at: Date | null): Promise<void> {
  if (at) await enqueue(tx, 'posts.publish', { postId, at: +at }, at)
}

/**
 * Publishes a scheduled post whose time `at` has come, or leaves that to the last of its files if one is not ready. A
 * post that was given another time has another job.
 */
export async function publishScheduled(tx: Tx, id: number, at: number, publishing: Publishing): Promise<void> {
  const meant = and(eq(posts.id, id), eq(posts.publishAt, new Date(at)))
  if (at > +publishing.now) {
    // The clock was ahead when this job was added.
    const [post] = await tx.select({ at: posts.publishAt }).from(posts).where(meant)
    return schedulePost(tx, id, post?.at ?? null)
  }
  const rows = await tx.update(posts).set({ publishAt: null }).where(meant).returning({ id: posts.id })
  if (rows.length) await publishWhenReady(tx, id, publishing)
}

/**
 * Publishes a post when all its files are ready, unless it is scheduled. Calling it twice is harmless, since only the
 * first call delivers the post.
 */
export async function publishWhenReady(tx: Tx, id: number, { now, crowd }: Publishing): Promise<void> {
  const files = (await filesOfPosts(tx, [id])).get(id) ?? []
  if (!files.length || files.some(({ status }) => status !== 'ready')) return
  const isNew = and(isNull(posts.publishedAt), isNull(posts.publishAt), isNull(posts.heldAt), isNull(posts.deletedAt))
  const unpublished = and(eq(posts.id, id), isNew)
  const [post] = await tx
    .update(posts)
    .set({ publishedAt: now, merged: hasCrowd(tx, crowd) })
    .where(unpublished)
    .returning({ ...getTableColumns(posts), private: authorIsPrivate(tx) })
  if (!post) return
  if (post.merged) {
    await tx.insert(crowds).values({ authorId: post.authorId }).onConflictDoNothing()
    touchFollowersOf(tx, post.authorId, ['inbox']) // merged posts count at once, others when they are copied
  }
  await indexCaption(tx, post)
  touchPost(tx, post.authorId, id)
  if (post.visibility === 'everyone' && !post.private) touchMainPage(tx)
  await countOnUser(tx, post.authorId, 'posts', 1)
  await enqueue(tx, 'inbox.deliver', { postId: id, after: 0 }, now)
  await announceToHooks(tx, id, now)
  await tellMentioned(tx, { postId: id, text: post.caption, authorId: post.authorId }, now)
}

/** Whether only the followers of the author see the post. */
function authorIsPrivate(tx: Tx) {
  const author = tx.select({ private: users.private }).from(users).where(eq(users.id, posts.authorId))
  return sql<boolean>`(${author})`.mapWith(Boolean)
}

function hasCrowd(tx: Tx, crowd: number) {
  const author = and(eq(users.id, posts.authorId), gte(users.followers, crowd))
  const followed = tx.select({ one: sql`1` }).from(users).where(author)
  return sql<boolean>`${exists(followed)}`
}

/** Shows a held post to everybody, and publishes it if it never was. */
export async function releasePost(tx: Tx, id: number, publishing: Publishing): Promise<void> {
  const [post] = await tx
    .update(posts)
    .set({ heldAt: null })
    .where(eq(posts.id, id))
    .returning({ authorId: posts.authorId })
  if (post) touchFollowersOf(tx, post.authorId, ['inbox'])
  await publishWhenReady(tx, id, publishing)
}
