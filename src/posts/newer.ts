import { and, isNotNull, sql } from 'drizzle-orm'
import type { Reader } from '../db/open'
import type { Cursor } from '../db/page'
import { preparedForViewer } from '../db/prepared'
import type { Person } from '../ports/people'
import { users } from '../users/table'
import { authorOf, offeredTo } from './feed'
import { posts } from './table'

/** The count stops here; pages show "99+". */
const MOST = 100

/** Counts the posts of the main page that are newer than this one, up to 100. */
export async function countNewer(db: Reader, viewer: Person | null, { at, id }: Cursor): Promise<number> {
  const rows = await newerThan(db, viewer).execute({ viewerId: viewer?.id, at: +at, id })
  return rows.length
}

const newerThan = preparedForViewer((db: Reader, viewer) => {
  const newer = sql`(${posts.publishedAt}, ${posts.id}) > (${sql.placeholder('at')}, ${sql.placeholder('id')})`
  return db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(isNotNull(posts.publishedAt), newer, offeredTo(viewer)))
    .limit(MOST)
    .prepare()
})
