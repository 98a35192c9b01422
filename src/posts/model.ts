import { and, desc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import { follows } from '../follows/table'
import { Problem } from '../http/errors'
import { enqueue } from '../jobs/queue'
import { type Person, person, users } from '../users/table'
import { type Post, posts, type Visibility } from './table'

/** What a list of posts selects from `posts` joined with its author. */
export const postRow = { post: posts, author: person }
export type PostRow = { post: Post; author: Person }

type Draft = { caption: string; price: number; visibility: Visibility }

export async function createPost(tx: Tx, author: Person, draft: Draft, now: Date): Promise<PostRow> {
  const [post] = await tx
    .insert(posts)
    .values({ authorId: author.id, ...draft, createdAt: now })
    .returning()
  return { post: post!, author }
}

/** Publishing twice is harmless: only the first call delivers. */
export async function publishPost(tx: Tx, row: PostRow, now: Date): Promise<PostRow> {
  const { id } = row.post
  const [post] = await tx
    .update(posts)
    .set({ publishedAt: now })
    .where(and(eq(posts.id, id), isNull(posts.publishedAt)))
    .returning()
  if (!post) return row
  await enqueue(tx, 'inbox.deliver', { postId: id, after: 0 }, now)
  return { ...row, post }
}

/** Which posts this viewer may know of. Every read goes through it, so a forbidden post is simply not found. */
export function visibleTo(viewer: Person | null) {
  const open = eq(posts.visibility, 'everyone')
  if (!viewer) return and(isNotNull(posts.publishedAt), open)
  const followed = sql`exists (select 1 from ${follows} where ${follows.followeeId} = ${posts.authorId} and ${follows.followerId} = ${viewer.id})`
  return or(eq(posts.authorId, viewer.id), and(isNotNull(posts.publishedAt), or(open, followed)))
}

export async function findPost(db: Reader, viewer: Person | null, id: number): Promise<PostRow> {
  const [row] = await db
    .select(postRow)
    .from(posts)
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(and(eq(posts.id, id), visibleTo(viewer)))
    .limit(1)
  if (!row) throw new Problem('not_found', 'No such post.')
  return row
}

/** The main page. */
export async function listPosts(db: Reader, viewer: Person | null, wanted: Wanted) {
  const rows = await db
    .select(postRow)
    .from(posts)
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(and(isNotNull(posts.publishedAt), visibleTo(viewer), before(wanted.cursor, posts.publishedAt, posts.id)))
    .orderBy(desc(posts.publishedAt), desc(posts.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ post }) => ({ at: post.publishedAt!, id: post.id }))
}

export async function hasFollowersOnly(db: Reader, author: Person): Promise<boolean> {
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.authorId, author.id), eq(posts.visibility, 'followers')))
    .limit(1)
  return rows.length > 0
}
