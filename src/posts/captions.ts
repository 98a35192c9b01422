import { and, asc, gt, isNotNull, isNull } from 'drizzle-orm'
import { captions, dropText, putText } from '../db/full-text'
import type { Tx } from '../db/open'
import { type Post, posts } from './table'
import { setTags } from './tags/write'

type Captioned = Pick<Post, 'id' | 'caption' | 'publishedAt'>

/** Makes a published post found by the words and the tags of its caption, and by no others. */
export async function indexCaption(tx: Tx, { id, caption, publishedAt }: Captioned): Promise<void> {
  if (!publishedAt) return
  await putText(tx, captions, id, caption)
  await setTags(tx, { id, publishedAt }, caption)
}

/** Takes a post out of what searches and tags find. */
export async function forgetCaption(tx: Tx, post: Captioned): Promise<void> {
  await dropText(tx, captions, post.id)
  if (post.publishedAt) await setTags(tx, { id: post.id, publishedAt: post.publishedAt }, '')
}

/** Indexes a batch of older posts; returns the id of the last one, or undefined when there are no more. */
export async function indexCaptionsAfter(tx: Tx, after: number, most: number): Promise<number | undefined> {
  const rows = await tx
    .select({ id: posts.id, caption: posts.caption, publishedAt: posts.publishedAt })
    .from(posts)
    .where(and(gt(posts.id, after), isNotNull(posts.publishedAt), isNull(posts.deletedAt)))
    .orderBy(asc(posts.id))
    .limit(most)
  // One index after the other, since SQLite writes what is new in one whenever another table is changed.
  for (const { id, caption } of rows) await putText(tx, captions, id, caption)
  for (const { id, caption, publishedAt } of rows) await setTags(tx, { id, publishedAt: publishedAt! }, caption)
  return rows.at(-1)?.id
}
