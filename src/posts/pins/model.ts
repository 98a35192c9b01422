import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../../db/open'
import { preparedForViewer } from '../../db/prepared'
import type { Person } from '../../ports/people'
import { Problem } from '../../problem'
import { users } from '../../users/table'
import { findOwnPost } from '../edit'
import { authorOf, type PostRow, postFor, visibleTo, withFiles } from '../feed'
import { posts } from '../table'

/** How many posts can be at the top of a profile. */
const MOST = 3

/** Pins one of my posts to the top of my profile. Returns false when it is there already. */
export async function pin(tx: Tx, me: Person, id: number, now: Date): Promise<boolean> {
  const { post } = await findOwnPost(tx, me, id)
  if (post.pinnedAt) return false
  if (!post.publishedAt || post.deletedAt)
    throw new Problem('conflict', 'Only published posts can be pinned.', { code: 'not_published' })
  const mine = and(eq(posts.authorId, me.id), isNotNull(posts.pinnedAt))
  if ((await tx.$count(posts, mine)) >= MOST)
    throw new Problem('conflict', 'You can pin three posts. Unpin another one first.', { code: 'too_many_pins' })
  await tx.update(posts).set({ pinnedAt: now }).where(eq(posts.id, id))
  return true
}

/** Takes a post off the top of my profile. Doing it twice changes nothing. */
export async function unpin(tx: Tx, me: Person, id: number): Promise<void> {
  const { post } = await findOwnPost(tx, me, id)
  await tx.update(posts).set({ pinnedAt: null }).where(eq(posts.id, post.id))
}

/** Lists the posts at the top of a profile that the viewer may see, the one pinned last first. */
export async function listPinned(db: Reader, viewer: Person | null, author: Pick<Person, 'id'>): Promise<PostRow[]> {
  return withFiles(db, await pinned(db, viewer).execute({ viewerId: viewer?.id, authorId: author.id }))
}

const pinned = preparedForViewer((db: Reader, viewer) =>
  db
    .select(postFor(viewer))
    .from(posts)
    .innerJoin(users, authorOf)
    .where(
      and(
        eq(posts.authorId, sql.placeholder('authorId')),
        isNotNull(posts.pinnedAt),
        isNull(posts.deletedAt),
        visibleTo(viewer),
      ),
    )
    .orderBy(desc(posts.pinnedAt))
    .limit(MOST)
    .prepare(),
)
