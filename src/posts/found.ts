import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { byCloseness } from '../db/closeness'
import { captions, matches, matchOf } from '../db/full-text'
import type { Reader } from '../db/open'
import type { Wanted } from '../db/page'
import { preparedForViewer } from '../db/prepared'
import type { Person } from '../ports/people'
import { users } from '../users/table'
import { authorOf, offeredTo, postFor, withFiles } from './feed'
import { posts } from './table'

/**
 * Finds posts by words of their captions: exact words before beginnings before parts of words, and the later of two
 * posts first. The index is read in the order of ids, so that a page costs the same however many posts match.
 */
export async function searchPosts(db: Reader, viewer: Person | null, words: string[], wanted: Wanted) {
  const page = await byCloseness(
    wanted,
    async (closeness, { id, weight }, most) => {
      const matching = matchOf(words, closeness)
      const before = weight > 0 ? Number.MAX_SAFE_INTEGER : id
      return matching ? found(db, viewer).execute({ viewerId: viewer?.id, matching, before, most }) : []
    },
    ({ post }) => ({ weight: 0, id: post.id }),
  )
  return { ...page, items: await withFiles(db, page.items) }
}

const found = preparedForViewer((db: Reader, viewer) =>
  db
    .select(postFor(viewer))
    .from(captions)
    .innerJoin(posts, eq(posts.id, captions.rowid))
    .innerJoin(users, authorOf)
    .where(and(matches(captions), lt(captions.rowid, sql.placeholder('before')), offeredTo(viewer)))
    .orderBy(desc(captions.rowid))
    .limit(sql.placeholder('most'))
    .prepare(),
)
