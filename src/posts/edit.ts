import { eq } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { touchFollowersOf } from '../db/tell'
import { attachFiles, detachFiles, filesOfPosts, findOwnFile, revokeFiles } from '../files/model'
import { isBought } from '../library/is-bought'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { type Flagged, flag, isHeld } from '../words/flags'
import { indexCaption } from './captions'
import { findPost, type PostRow } from './feed'
import { tellMentioned } from './mentions/model'
import { type PostDraft, type Publishing, publishWhenReady, schedulePost } from './publish'
import { posts } from './table'

export type PostPatch = { [K in keyof PostDraft]?: PostDraft[K] | undefined }

/**
 * Finds a post of this person, also an unpublished one. Throws `forbidden` for a post of somebody else, and
 * `not_found` for one that they may not see.
 */
export async function findOwnPost(db: Reader, me: Person, id: number): Promise<PostRow> {
  return requireOwn(me, await findPost(db, me, id))
}

/** Returns the post, or throws 403 when it is someone else's. */
export function requireOwn(me: Person, row: PostRow): PostRow {
  if (row.post.authorId !== me.id) throw new Problem('forbidden', 'Only the author can change a post.')
  return row
}

/**
 * Changes the given fields of a post. Narrowing its visibility, keeping it for adults, or setting a price on a free post
 * ends the links that others hold to its files, and so does a caption that is held for the staff.
 */
export async function changePost(
  tx: Tx,
  me: Person,
  id: number,
  { fileIds, ...patch }: PostPatch,
  publishing: Publishing,
  flagged: Flagged[] = [],
): Promise<void> {
  const { now } = publishing
  const { post, files } = await findOwnPost(tx, me, id)
  const was = files.map((file) => file.id)
  if (fileIds) await changeFiles(tx, me, { ...post, fileIds: was }, fileIds, now)
  if (patch.publishAt !== undefined && post.publishedAt)
    throw new Problem('conflict', 'This post is published already.', { code: 'already_published' })
  const narrower = patch.visibility === 'followers' && post.visibility === 'everyone'
  const forAdults = !!patch.adultsOnly && !post.adultsOnly
  const paidNow = !!patch.price && post.price === 0
  const otherCaption = patch.caption !== undefined && patch.caption !== post.caption
  const held = otherCaption && isHeld(flagged, 'caption')
  if (narrower || forAdults || paidNow || held) await revokeFiles(tx, await idsOf(tx, id), now)
  const edited = otherCaption || (fileIds && String(fileIds) !== String(was))
  const change = { ...patch, ...(edited && post.publishedAt && { editedAt: now }), ...(held && { heldAt: now }) }
  if (Object.keys(change).length) await tx.update(posts).set(change).where(eq(posts.id, id))
  const otherAudience = patch.adultsOnly !== undefined && patch.adultsOnly !== post.adultsOnly
  if (post.publishedAt && (otherCaption || otherAudience)) touchFollowersOf(tx, post.authorId, ['inbox'])
  if (patch.publishAt) await schedulePost(tx, id, patch.publishAt)
  if (patch.caption !== undefined) await indexCaption(tx, { ...post, caption: patch.caption })
  if (patch.caption !== post.caption) await flag(tx, me, { postId: id }, flagged, now)
  if (patch.caption && post.publishedAt && !held)
    await tellMentioned(tx, { postId: id, text: patch.caption, authorId: me.id }, now)
  await publishWhenReady(tx, id, publishing)
}

const idsOf = async (tx: Tx, postId: number) =>
  ((await filesOfPosts(tx, [postId])).get(postId) ?? []).map(({ id }) => id)

type Holding = { id: number; publishedAt: Date | null; fileIds: number[] }

/**
 * Replaces the files of a post. A published post never goes back to "processing", so added files must be ready; a sold
 * post keeps all its files.
 */
async function changeFiles(tx: Tx, me: Person, post: Holding, fileIds: number[], now: Date) {
  for (const id of post.publishedAt ? fileIds : []) {
    const { status } = await findOwnFile(tx, me, id)
    if (status !== 'ready')
      throw new Problem('conflict', 'This file is not ready yet. Please try again in a moment.', {
        code: 'file_not_ready',
        fileId: id,
      })
  }
  const dropped = post.fileIds.filter((id) => !fileIds.includes(id))
  if (dropped.length && (await isBought(tx, post.id)))
    throw new Problem('conflict', 'Someone has bought this post, so its photos and videos cannot be removed.', {
      code: 'sold',
    })
  await detachFiles(tx, dropped, now)
  await attachFiles(tx, me, post.id, fileIds)
}
