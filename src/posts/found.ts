import { desc, eq, type SQL, sql } from 'drizzle-orm'
import { byCloseness } from '../db/closeness'
import { captions, matchesBeyond, matchesNear, matchOf } from '../db/full-text'
import type { Reader } from '../db/open'
import type { Wanted } from '../db/page'
import { type PreparedViewer, prepared, preparedForViewer } from '../db/prepared'
import type { Person } from '../ports/people'
import { users } from '../users/table'
import { authorOf, offeredTo, postFor, withFiles } from './feed'
import { posts } from './table'

/**
 * How many ids are near (see `matchesNear`). Words that many captions have fill a page from these posts, so only words
 * that few captions have are looked up among all.
 */
const NEAR = 2000

/**
 * Finds posts by words of their captions: exact words before beginnings before parts of words, and the later of two
 * posts first.
 */
export async function searchPosts(db: Reader, viewer: Person | null, words: string[], wanted: Wanted) {
  const [newest] = await newestId(db).execute()
  const page = await byCloseness(
    wanted,
    async (closeness, { id, weight }, most) => {
      const matching = matchOf(words, closeness)
      if (!matching || !newest?.id) return []
      const before = weight > 0 ? newest.id + 1 : id
      const asked = { viewerId: viewer?.id, matching, before, from: before - NEAR }
      const rows = await near(db, viewer).execute({ ...asked, most })
      const missing = most - rows.length
      return missing ? [...rows, ...(await beyond(db, viewer).execute({ ...asked, most: missing }))] : rows
    },
    ({ post }) => ({ weight: 0, id: post.id }),
  )
  return { ...page, items: await withFiles(db, page.items) }
}

const newestId = prepared((db: Reader) =>
  db
    .select({ id: sql<number | null>`max(${posts.id})` })
    .from(posts)
    .prepare(),
)

const near = preparedForViewer((db: Reader, viewer) => found(db, viewer, matchesNear(captions)))
const beyond = preparedForViewer((db: Reader, viewer) => found(db, viewer, matchesBeyond(captions)))

/** PostgreSQL puts the ids in order before it joins anything with them, and then joins only as many as the page takes. */
function found(db: Reader, viewer: PreparedViewer, condition: SQL) {
  const matching = db
    .select({ id: captions.rowid })
    .from(captions)
    .where(condition)
    .orderBy(desc(captions.rowid))
    .as('matching')
  return db
    .select(postFor(viewer))
    .from(matching)
    .innerJoin(posts, eq(posts.id, matching.id))
    .innerJoin(users, authorOf)
    .where(offeredTo(viewer))
    .orderBy(desc(matching.id))
    .limit(sql.placeholder('most'))
    .prepare()
}
