import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import { tagsIn } from '../../../shapes/tags'
import type { Id } from '../../db/columns'
import { dropText, putText, tagNames } from '../../db/full-text'
import type { Tx } from '../../db/open'
import { tagged, tags } from './table'

type Published = { id: Id<'post'>; publishedAt: Date }

/** Gives a published post the tags of its caption, and takes others from it. */
export async function setTags(tx: Tx, { id: postId, publishedAt }: Published, caption: string): Promise<void> {
  const wanted = new Set(tagsIn(caption))
  const before = await tx
    .select({ id: tags.id, tag: tags.tag })
    .from(tagged)
    .innerJoin(tags, eq(tags.id, tagged.tagId))
    .where(eq(tagged.postId, postId))
  const kept = new Set(before.map(({ tag }) => tag))
  for (const tag of wanted) if (!kept.has(tag)) await addTag(tx, tag, postId, publishedAt)
  const superfluous = before.filter(({ tag }) => !wanted.has(tag)).map(({ id }) => id)
  if (superfluous.length) await takeTags(tx, postId, superfluous)
}

async function addTag(tx: Tx, tag: string, postId: number, at: Date) {
  const [row] = await tx
    .insert(tags)
    .values({ tag, posts: 1 })
    .onConflictDoUpdate({ target: tags.tag, set: { posts: sql`${tags.posts} + 1` } })
    .returning()
  if (row!.posts === 1) await putText(tx, tagNames, row!.id, tag)
  await tx.insert(tagged).values({ tagId: row!.id, at, postId })
}

/** Follows a change of the time at which a post was published. */
export const moveTags = (tx: Tx, postId: number, at: Date) =>
  tx.update(tagged).set({ at }).where(eq(tagged.postId, postId))

/** Takes tags from a post. A tag that no post has any more is forgotten. */
async function takeTags(tx: Tx, postId: number, ids: number[]) {
  await tx.delete(tagged).where(and(eq(tagged.postId, postId), inArray(tagged.tagId, ids)))
  await tx
    .update(tags)
    .set({ posts: sql`${tags.posts} - 1` })
    .where(inArray(tags.id, ids))
  const unused = await tx
    .delete(tags)
    .where(and(inArray(tags.id, ids), lte(tags.posts, 0)))
    .returning({ id: tags.id })
  for (const { id } of unused) await dropText(tx, tagNames, id)
}
