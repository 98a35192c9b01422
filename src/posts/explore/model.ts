import { and, desc, gt, isNull, lte, sql } from 'drizzle-orm'
import { isAnyOf } from '../../db/columns'
import type { Reader } from '../../db/open'
import type { Page, Wanted } from '../../db/page'
import { prepared, preparedForViewer } from '../../db/prepared'
import type { Person } from '../../ports/people'
import { users } from '../../users/table'
import { authorOf, offeredTo, type PostRow, postFor, withFiles } from '../feed'
import { likes } from '../likes/table'
import { posts } from '../table'

const DAY_MS = 24 * 3600_000
/** How old a post may be. */
const RECENT_MS = 14 * DAY_MS
/** A like counts half as much after this time. */
const HALF_LIFE_MS = DAY_MS
/** How many of the newest likes, and of the newest posts, are looked at. The page costs the same in any community. */
const MOST_LIKES = 3000
const MOST_NEW = 500
const CHUNK = 100

/**
 * Lists what is liked now: the posts of the last two weeks by their recent likes, and after them those that nobody liked
 * lately, newest first. Viewers get only what the main page may show them, too.
 *
 * The order is computed from the newest likes and posts before a moment, which a cursor keeps. Because every like loses
 * weight at the same rate, this order does not depend on the time of the request. A cursor is that moment and the
 * number of posts in this order that were passed.
 */
export async function explore(db: Reader, viewer: Person | null, wanted: Wanted, now: Date): Promise<Page<PostRow>> {
  const { at, id: passed } = wanted.cursor ?? { at: now, id: 0 }
  const since = startOf(at)
  const order = await orderAt(db, at, since)
  const found: { row: Omit<PostRow, 'files'>; at: number }[] = []
  for (let from = passed; from < order.length && found.length <= wanted.limit; from += CHUNK) {
    const ids = order.slice(from, from + CHUNK)
    const shown = await offered(db, viewer).execute({ viewerId: viewer?.id, ids: JSON.stringify(ids), since: +since })
    const byId = new Map(shown.map((row) => [row.post.id, row]))
    for (const [index, id] of ids.entries()) {
      const row = byId.get(id)
      if (row) found.push({ row, at: from + index })
    }
  }
  const more = found[wanted.limit]
  return {
    items: await withFiles(
      db,
      found.slice(0, wanted.limit).map(({ row }) => row),
    ),
    nextCursor: more ? `${+at}_${more.at}` : null,
  }
}

const startOf = (at: Date) => new Date(+at - RECENT_MS)

/** The ids of the candidates, best first. */
async function orderAt(db: Reader, at: Date, since: Date): Promise<number[]> {
  const scores = new Map<number, number>()
  for (const like of await newestLikes(db).execute({ at: +at, since: +since }))
    scores.set(like.postId, (scores.get(like.postId) ?? 0) + 2 ** ((+like.at - +at) / HALF_LIFE_MS))
  const liked = [...scores].sort(([one, a], [other, b]) => b - a || other - one).map(([id]) => id)
  const newest = await newestPosts(db).execute({ at: +at, since: +since })
  return [...liked, ...newest.map(({ id }) => id).filter((id) => !scores.has(id))]
}

const newestLikes = prepared((db: Reader) =>
  db
    .select({ postId: likes.postId, at: likes.at })
    .from(likes)
    .where(and(lte(likes.at, sql.placeholder('at')), gt(likes.at, sql.placeholder('since'))))
    .orderBy(desc(likes.at), desc(likes.postId))
    .limit(MOST_LIKES)
    .prepare(),
)

const newestPosts = prepared((db: Reader) =>
  db
    .select({ id: posts.id })
    .from(posts)
    .where(
      and(
        isNull(posts.deletedAt),
        lte(posts.publishedAt, sql.placeholder('at')),
        gt(posts.publishedAt, sql.placeholder('since')),
      ),
    )
    .orderBy(desc(posts.publishedAt), desc(posts.id))
    .limit(MOST_NEW)
    .prepare(),
)

const offered = preparedForViewer((db: Reader, viewer) =>
  db
    .select(postFor(viewer))
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(isAnyOf(posts.id, 'ids'), gt(posts.publishedAt, sql.placeholder('since')), offeredTo(viewer)))
    .prepare(),
)
