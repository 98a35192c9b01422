import { and, desc, eq, exists, sql } from 'drizzle-orm'
import { type TagJson, tagKey } from '../../../shapes/tags'
import { byCloseness, sift } from '../../db/closeness'
import { isAnyOf } from '../../db/columns'
import { matches, matchOf, tagNames } from '../../db/full-text'
import type { Reader } from '../../db/open'
import { beforePlaceholder, type Page, placeholdersOf, toPage, type Wanted } from '../../db/page'
import { type PreparedViewer, prepared, preparedForViewer } from '../../db/prepared'
import type { Person } from '../../ports/people'
import { users } from '../../users/table'
import { authorOf, offeredTo, postFor, withFiles } from '../feed'
import { posts } from '../table'
import { tagged, tags } from './table'

/** Counting stops here, so that a tag of very many posts costs no more. */
const MOST_COUNTED = 1000

const offeredWithTag = (db: Reader, viewer: PreparedViewer, tagId: typeof tags.id) =>
  db
    .select({ one: sql`1`.as('one') })
    .from(tagged)
    .innerJoin(posts, eq(posts.id, tagged.postId))
    .innerJoin(users, authorOf)
    .where(and(eq(tagged.tagId, tagId), offeredTo(viewer)))

/** Lists the posts with a tag, newest first. */
export async function listTagged(db: Reader, viewer: Person | null, tag: string, wanted: Wanted) {
  const rows = await withTag(db, viewer).execute({ viewerId: viewer?.id, tag: tagKey(tag), ...placeholdersOf(wanted) })
  const page = toPage(rows, wanted, ({ post, at }) => ({ at, id: post.id }))
  return { ...page, items: await withFiles(db, page.items) }
}

const withTag = preparedForViewer((db: Reader, viewer) =>
  db
    .select({ ...postFor(viewer), at: tagged.at })
    .from(tags)
    .innerJoin(tagged, eq(tagged.tagId, tags.id))
    .innerJoin(posts, eq(posts.id, tagged.postId))
    .innerJoin(users, authorOf)
    .where(and(eq(tags.tag, sql.placeholder('tag')), beforePlaceholder(tagged.at, tagged.postId), offeredTo(viewer)))
    .orderBy(desc(tagged.at), desc(tagged.postId))
    .limit(sql.placeholder('most'))
    .prepare(),
)

/**
 * Finds tags by their name: exact before beginnings before parts, then those with more posts. A tag that is only on
 * posts that the viewer may not see is not found.
 */
export async function searchTags(
  db: Reader,
  viewer: Person | null,
  words: string[],
  wanted: Wanted,
): Promise<Page<TagJson>> {
  const page = await byCloseness(
    wanted,
    async (closeness, after, most) => {
      const matching = matchOf(words, closeness)
      if (!matching) return []
      return sift(
        after,
        most,
        ({ weight, id: before }, most) => named(db).execute({ matching, weight, before, most }),
        (ids) => shown(db, viewer, ids),
      )
    },
    ({ posts, id }) => ({ weight: posts, id }),
  )
  const ids = JSON.stringify(page.items.map(({ id }) => id))
  const counts = new Map(
    (await counted(db, viewer).execute({ viewerId: viewer?.id, ids })).map((row) => [row.id, row.n]),
  )
  return { ...page, items: page.items.map(({ id, tag }) => ({ tag, posts: counts.get(id) ?? 0 })) }
}

const named = prepared((db: Reader) =>
  db
    .select({ id: tags.id, weight: tags.posts })
    .from(tagNames)
    .innerJoin(tags, eq(tags.id, tagNames.rowid))
    .where(
      and(
        matches(tagNames),
        sql`(${tags.posts}, ${tags.id}) < (${sql.placeholder('weight')}, ${sql.placeholder('before')})`,
      ),
    )
    .orderBy(desc(tags.posts), desc(tags.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

async function shown(db: Reader, viewer: Person | null, ids: number[]) {
  const rows = await used(db, viewer).execute({ viewerId: viewer?.id, ids: JSON.stringify(ids) })
  return new Map(rows.map((row) => [row.id, row]))
}

const used = preparedForViewer((db: Reader, viewer) =>
  db
    .select({ id: tags.id, tag: tags.tag, posts: tags.posts })
    .from(tags)
    .where(and(isAnyOf(tags.id, 'ids'), exists(offeredWithTag(db, viewer, tags.id))))
    .prepare(),
)

const counted = preparedForViewer((db: Reader, viewer) => {
  const some = offeredWithTag(db, viewer, tags.id).limit(MOST_COUNTED).as('some')
  return db
    .select({ id: tags.id, n: sql<number>`(select count(*) from ${some})`.as('n') })
    .from(tags)
    .where(isAnyOf(tags.id, 'ids'))
    .prepare()
})

const byName = prepared((db: Reader) =>
  db
    .select({ id: tags.id })
    .from(tags)
    .where(eq(tags.tag, sql.placeholder('tag')))
    .limit(1)
    .prepare(),
)

/** Finds a tag that the viewer may know of; undefined when there is none. */
export async function lookUpTag(db: Reader, viewer: Person | null, tag: string): Promise<TagJson | undefined> {
  const [row] = await byName(db).execute({ tag: tagKey(tag) })
  const [count] = row ? await counted(db, viewer).execute({ viewerId: viewer?.id, ids: `[${row.id}]` }) : []
  const posts = count?.n ?? 0
  return posts ? { tag: tagKey(tag), posts } : undefined
}
