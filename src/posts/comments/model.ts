import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Role } from '../../../shapes/users'
import { type Doer, record } from '../../actions/record'
import type { Id } from '../../db/columns'
import type { Tx } from '../../db/open'
import { notify, takeBackComment } from '../../notifications/model'
import { NOTES } from '../../notifications/notes'
import type { Person, Viewer } from '../../ports/people'
import { Problem } from '../../problem'
import { type Flagged, flag, forgetFlagged, isHeld } from '../../words/flags'
import { countOn } from '../counts'
import { findOpenPost } from '../feed'
import { forgetMentionsIn, tellMentioned } from '../mentions/model'
import { posts } from '../table'
import { findComment, lookUpComment } from './read'
import { type Comment, comments } from './table'

type Commenter = Person & { role?: Role }
export type CommentDraft = { text: string; parentId?: number | null | undefined }

/**
 * Creates a comment and notifies the post's author, the person answered and everyone mentioned, each of them once. An
 * answer to an answer joins its thread.
 */
export async function writeComment(
  tx: Tx,
  me: Commenter,
  postId: number,
  { text, parentId }: CommentDraft,
  now: Date,
  flagged: Flagged[] = [],
): Promise<number> {
  const post = await findOpenPost(tx, me, postId)
  const answered = !parentId ? null : await findAnswered(tx, me, postId, parentId)
  const thread = answered && (answered.parentId ?? answered.id)
  const heldAt = isHeld(flagged, 'comment') ? now : null
  const [made] = await tx
    .insert(comments)
    .values({ postId, authorId: me.id, parentId: thread, text, createdAt: now, heldAt })
    .returning()
  await flag(tx, me, { postId, commentId: made!.id }, flagged, now)
  if (!heldAt) await announce(tx, made!, [post.authorId, ...(answered ? [answered.authorId] : [])], now)
  return made!.id
}

/** Counts a comment that others see from now on, and notifies whom it concerns. */
async function announce(tx: Tx, { id: commentId, postId, authorId, text }: Comment, concerned: number[], now: Date) {
  await countOn(tx, postId, 'comments', 1)
  const hear = new Set(concerned)
  hear.delete(authorId)
  for (const userId of hear)
    await notify(tx, { userId, kind: 'comment', actorId: authorId, postId, commentId, at: now })
  await tellMentioned(tx, { postId, commentId, text, authorId }, now, [...hear])
}

/** Shows a held comment to everybody. */
export async function releaseComment(tx: Tx, id: number, now: Date): Promise<void> {
  const [freed] = await tx
    .update(comments)
    .set({ heldAt: null })
    .where(and(eq(comments.id, id), isNotNull(comments.heldAt), isNull(comments.deletedAt)))
    .returning()
  if (!freed) return
  const [post] = await tx.select({ authorId: posts.authorId }).from(posts).where(eq(posts.id, freed.postId))
  const [answered] = freed.parentId
    ? await tx.select({ authorId: comments.authorId }).from(comments).where(eq(comments.id, freed.parentId))
    : []
  await announce(
    tx,
    freed,
    [post, answered].flatMap((each) => each?.authorId ?? []),
    now,
  )
}

async function findAnswered(tx: Tx, me: Commenter, postId: Id<'post'>, id: Id<'comment'>): Promise<Comment> {
  const { comment } = await findComment(tx, me, id)
  if (comment.postId !== postId) throw new Problem('not_found', 'This comment does not exist, or you cannot see it.')
  return comment
}

/**
 * Changes the text of a comment. People whom the edit newly mentions are notified; the others are not notified again.
 */
export async function changeComment(
  tx: Tx,
  me: Viewer,
  id: number,
  text: string,
  now: Date,
  flagged: Flagged[] = [],
): Promise<void> {
  const { comment } = await findComment(tx, me, id)
  if (comment.authorId !== me.id) throw new Problem('forbidden', 'Only the author can change a comment.')
  if (comment.text === text) return
  const held = isHeld(flagged, 'comment')
  await tx
    .update(comments)
    .set({ text, editedAt: now, ...(held && { heldAt: now }) })
    .where(eq(comments.id, id))
  await flag(tx, me, { postId: comment.postId, commentId: id }, flagged, now)
  if (held && !comment.heldAt) {
    await countOn(tx, comment.postId, 'comments', -1)
    await takeBackComment(tx, id)
  }
  if (held || comment.heldAt) return
  await tellMentioned(tx, { postId: comment.postId, commentId: id, text, authorId: me.id }, now)
}

/**
 * Deletes a comment on behalf of its author, the author of the post or the staff. Deleting a comment that is gone, or
 * that the viewer may not see, changes nothing; their own they can delete even where they may no longer look. Returns
 * the id of the post to go back to, if the viewer may see it.
 */
export async function deleteComment(tx: Tx, me: Viewer, id: number, now: Date): Promise<number | undefined> {
  const found = await lookUpComment(tx, me, id)
  if (found && !found.mayDelete)
    throw new Problem(
      'forbidden',
      'Only the author of the comment, the author of the post and the staff can delete it.',
    )
  const own = and(eq(comments.id, id), eq(comments.authorId, me.id))
  const asStaff = found && ![found.author.id, found.postAuthorId].includes(me.id)
  if (asStaff) await removeComment(tx, me, id, now)
  else if (found || (await tx.$count(comments, own))) await eraseComment(tx, { id }, now)
  return found?.comment.postId
}

/** Deletes a comment on behalf of the staff. */
export async function removeComment(tx: Tx, by: Doer, id: number, now: Date): Promise<void> {
  const gone = await eraseComment(tx, { id }, now)
  if (!gone) return
  const detail = { commentId: id, postId: gone.postId }
  await record(tx, { kind: 'comment_removed', by, on: { id: gone.authorId }, detail }, now)
  if (gone.authorId !== by?.id)
    await notify(tx, { userId: gone.authorId, kind: 'staff', note: NOTES.removed.note, at: now })
}

/** Erases the text at once. The row stays, so that answers keep their parent. Returns nothing if it was gone before. */
export async function eraseComment(tx: Tx, { id }: Pick<Comment, 'id'>, now: Date): Promise<Comment | undefined> {
  const [gone] = await tx
    .update(comments)
    .set({ text: '', deletedAt: now })
    .where(and(eq(comments.id, id), isNull(comments.deletedAt)))
    .returning()
  if (!gone) return undefined
  if (!gone.heldAt) await countOn(tx, gone.postId, 'comments', -1)
  await forgetFlagged(tx, { commentId: id })
  await forgetMentionsIn(tx, gone.postId, id)
  await takeBackComment(tx, id)
  return gone
}
