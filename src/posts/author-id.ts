import { eq } from 'drizzle-orm'
import type { Id } from '../db/columns'
import type { Reader } from '../db/open'
import { posts } from './table'

/** The id of the author of a post that something refers to. The post may be deleted, but its row stays. */
export async function authorIdOf(db: Reader, postId: Id<'post'>): Promise<Id<'user'>> {
  const [post] = await db.select({ authorId: posts.authorId }).from(posts).where(eq(posts.id, postId)).limit(1)
  return post!.authorId
}
