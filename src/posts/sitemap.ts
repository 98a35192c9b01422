import { and, desc, isNotNull } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { prepared } from '../db/prepared'
import { users } from '../users/table'
import { authorOf, offeredTo } from './feed'
import { posts } from './table'

/** How many posts the list of pages names. Crawlers find older ones by following links. */
const MOST = 2000

/** The newest posts that strangers may see, and their authors. */
export const listForSitemap = (db: Reader) => newest(db).execute()

const newest = prepared((db: Reader) =>
  db
    .select({ id: posts.id, publishedAt: posts.publishedAt, handle: users.handle })
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(isNotNull(posts.publishedAt), offeredTo(null)))
    .orderBy(desc(posts.publishedAt), desc(posts.id))
    .limit(MOST)
    .prepare(),
)
