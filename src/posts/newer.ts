import { and, isNotNull, sql } from 'drizzle-orm'
import type { Reader } from '../db/open'
import type { Cursor } from '../db/page'
import type { Person } from '../ports/people'
import { users } from '../users/table'
import { authorOf, offeredTo } from './feed'
import { posts } from './table'

/** So many are counted; more are "99+". */
const MOST = 100

/** How many posts of the main page are newer than this one, 100 at most. */
export async function countNewer(db: Reader, viewer: Person | null, { at, id }: Cursor): Promise<number> {
  const newer = sql`(${posts.publishedAt}, ${posts.id}) > (${sql.param(at, posts.publishedAt)}, ${id})`
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(isNotNull(posts.publishedAt), newer, offeredTo(viewer)))
    .limit(MOST)
  return rows.length
}
