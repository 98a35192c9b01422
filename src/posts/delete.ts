import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { record } from '../actions/record'
import type { Tx } from '../db/open'
import { touchFollowersOf } from '../db/tell'
import { deleteFile, revokeFiles } from '../files/model'
import { enqueue } from '../jobs/queue'
import { isBought } from '../library/is-bought'
import { endLooksOn } from '../looks/end'
import { NOTES } from '../notifications/notes'
import { notify } from '../notifications/notify'
import type { Account, Person } from '../ports/people'
import { requireMayActOn } from '../users/may-act-on'
import { countOnUser, findAccount } from '../users/model'
import { forgetFlagged } from '../words/flags'
import { forgetCaption } from './captions'
import { requireOwn } from './edit'
import { lookUpPost, type PostRow, withFiles } from './feed'
import { posts } from './table'

type Contents = Pick<PostRow, 'post' | 'files'>

/**
 * Deletes a post. It is hidden at once, except from its buyers; jobs remove its bytes and inbox rows. Deleting a post
 * that is gone or never existed changes nothing.
 */
export async function deletePost(tx: Tx, me: Person, id: number, now: Date): Promise<void> {
  const row = await lookUpPost(tx, me, id)
  if (row && !row.post.deletedAt) await erasePost(tx, requireOwn(me, row), now)
}

async function erasePost(tx: Tx, contents: Contents, now: Date) {
  await hide(tx, contents, now)
  await finishDeletion(tx, contents.post.id, now)
}

/**
 * Removes a post on behalf of the staff, also from its buyers; a job refunds them and then erases the bytes. Posts of
 * other staff are removed by administrators only.
 */
export async function removePost(tx: Tx, by: Pick<Account, 'id' | 'role'>, id: number, now: Date): Promise<void> {
  const contents = await findContents(tx, id)
  if (!contents) return
  const { authorId } = contents.post
  if (authorId !== by.id) requireMayActOn(by, await findAccount(tx, authorId))
  if (contents.post.removedAt) return
  await hide(tx, contents, now)
  await tx.update(posts).set({ removedAt: now }).where(eq(posts.id, id))
  await enqueue(tx, 'library.refund', { postId: id, authorId }, now)
  await record(tx, { kind: 'post_removed', by, on: { id: authorId }, detail: { postId: id } }, now)
  if (authorId !== by.id) await notify(tx, { userId: authorId, kind: 'staff', note: NOTES.removed.note, at: now })
}

/** Erases the contents of a deleted post once no buyer keeps it. */
export async function finishDeletion(tx: Tx, id: number, now: Date): Promise<void> {
  const contents = await findContents(tx, id)
  if (contents?.post.deletedAt && !(await isBought(tx, id))) await eraseContents(tx, contents, now)
}

async function findContents(tx: Tx, id: number): Promise<Contents | undefined> {
  return (await withFiles(tx, await tx.select({ post: posts }).from(posts).where(eq(posts.id, id))))[0]
}

/** Ends the links to its files and takes the post off every list. */
async function hide(tx: Tx, { post, files }: Contents, now: Date) {
  const ids = files.map(({ id }) => id)
  await revokeFiles(tx, ids, now)
  await endLooksOn(tx, post.id, now)
  await forgetFlagged(tx, { postId: post.id })
  const [hidden] = await tx
    .update(posts)
    .set({ deletedAt: now, pinnedAt: null })
    .where(and(eq(posts.id, post.id), isNull(posts.deletedAt)))
    .returning({ id: posts.id })
  if (!hidden || !post.publishedAt) return
  await forgetCaption(tx, post)
  await countOnUser(tx, post.authorId, 'posts', -1)
  touchFollowersOf(tx, post.authorId, ['inbox', 'notification'])
  await enqueue(tx, 'posts.forget', { postId: post.id }, now)
  await enqueue(tx, 'inbox.retract', { postId: post.id, authorId: post.authorId, at: +post.publishedAt, after: 0 }, now)
}

async function eraseContents(tx: Tx, { post, files }: Contents, now: Date) {
  await tx.update(posts).set({ caption: '' }).where(eq(posts.id, post.id))
  for (const file of files) await deleteFile(tx, file.id, now)
}

const CHUNK = 20

/** Erases a batch of the posts of a deleted account; returns true when there may be more. */
export async function erasePostsOf(tx: Tx, author: Person, now: Date): Promise<boolean> {
  const rows = await tx
    .select({ post: posts })
    .from(posts)
    .where(and(eq(posts.authorId, author.id), isNull(posts.deletedAt)))
    .limit(CHUNK)
  for (const row of await withFiles(tx, rows)) await erasePost(tx, row, now)
  return rows.length === CHUNK || forgetSources(tx, author)
}

/** Until now, deleted posts have kept what they were imported from, so that another import does not bring them again. */
async function forgetSources(tx: Tx, author: Person): Promise<boolean> {
  const imported = and(eq(posts.authorId, author.id), isNotNull(posts.source))
  const some = tx.select({ id: posts.id }).from(posts).where(imported).limit(CHUNK)
  const rows = await tx.update(posts).set({ source: null }).where(inArray(posts.id, some)).returning({ id: posts.id })
  return rows.length === CHUNK
}
