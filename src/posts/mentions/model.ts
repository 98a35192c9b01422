import { and, eq, inArray } from 'drizzle-orm'
import { notBlocked } from '../../blocks/between'
import type { Id } from '../../db/columns'
import { deleteSome } from '../../db/delete-some'
import type { Tx } from '../../db/open'
import { notify } from '../../notifications/model'
import { present } from '../../users/person'
import { users } from '../../users/table'
import { isPostOpen } from '../feed'
import { mentions } from './table'

/** The number of people that a text can notify; later mentions are links only. */
const MOST = 20

/** Finds the handles mentioned as `@handle`, each once, but not inside longer words or email addresses. */
function handlesIn(text: string): string[] {
  const found = [...text.matchAll(/(?<![\w.@/])@(\w{3,30})(?!\w|@)/g)].map(([, handle]) => handle!.toLowerCase())
  return [...new Set(found)].slice(0, MOST)
}

type Text = { postId: Id<'post'>; commentId?: Id<'comment'>; text: string; authorId: Id<'user'> }

/**
 * Notifies the people that a text mentions, if they may see the post, and only the first time: an edit notifies those
 * it adds. People in `alreadyNotified` heard of the text in another way.
 */
export async function tellMentioned(
  tx: Tx,
  { postId, commentId, text, authorId }: Text,
  now: Date,
  alreadyNotified: number[] = [],
): Promise<void> {
  const handles = handlesIn(text)
  if (!handles.length) return
  const named = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(inArray(users.handle, handles), present, notBlocked({ id: authorId }, users.id)))
  for (const { id } of named) {
    if (id === authorId || !(await isPostOpen(tx, { id }, postId))) continue
    const row = { userId: id, postId, commentId: commentId ?? 0 }
    const [first] = await tx.insert(mentions).values(row).onConflictDoNothing().returning()
    if (first && !alreadyNotified.includes(id))
      await notify(tx, {
        userId: id,
        kind: 'mention',
        actorId: authorId,
        postId,
        ...(commentId && { commentId }),
        at: now,
      })
  }
}

/** Forgets whom a comment mentioned; the id 0 stands for the caption. */
export const forgetMentionsIn = (tx: Tx, postId: Id<'post'>, commentId: Id<'comment'>) =>
  tx.delete(mentions).where(and(eq(mentions.postId, postId), eq(mentions.commentId, commentId)))

const CHUNK = 500

/** Erases a batch of the mentions of a deleted account; returns true when there may be more. */
export async function eraseMentionsOf(tx: Tx, user: { id: number }): Promise<boolean> {
  const gone = await deleteSome(tx, mentions, eq(mentions.userId, user.id), { key: mentions.postId, most: CHUNK })
  return gone.length >= CHUNK
}

/** Erases a batch of the mentions in a deleted post; returns true when there may be more. */
export async function eraseMentionsOn(tx: Tx, postId: number): Promise<boolean> {
  const gone = await deleteSome(tx, mentions, eq(mentions.postId, postId), { key: mentions.userId, most: CHUNK })
  return gone.length >= CHUNK
}
