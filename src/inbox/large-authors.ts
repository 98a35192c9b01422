import { and, desc, eq, exists, gt, type SQL, sql } from 'drizzle-orm'
import { greater, isAnyOf, isTrue } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { follows } from '../follows/table'
import type { Person } from '../ports/people'
import { authorOf, offeredTo, postFor } from '../posts/feed'
import { crowds, posts } from '../posts/table'
import { users } from '../users/table'
import { readMarks } from './table'

/**
 * Merged posts are those of authors with very many followers. They are not copied into inboxes but added when an inbox
 * is read. The resulting list is the same, because posts from before a follow are copied for merged authors as well.
 */
export const isMerged = isTrue(posts.merged)

/**
 * The number of authors with very many followers. A list that has it as a column spares the query for merged posts in a
 * community without such authors, which nearly all are.
 */
export const crowdCount = sql<number>`(select count(*) from ${crowds})`.mapWith(Number).as('crowds')

type Me = Pick<Person, 'id'>

/** Matches posts published after the follow. Earlier posts are copied when somebody follows. */
export const cameSince = sql`${posts.publishedAt} >= ${follows.createdAt}`

/** Returns the followed authors whose posts are merged. */
const crowdsOf = async (db: Reader, me: Me): Promise<number[]> =>
  (await followedCrowds(db).execute({ id: me.id })).map(({ authorId }) => authorId)

const followedCrowds = prepared((db: Reader) => {
  const followed = db
    .select({ one: sql`1` })
    .from(follows)
    .where(and(eq(follows.followeeId, crowds.authorId), eq(follows.followerId, sql.placeholder('id'))))
  return db.select().from(crowds).where(exists(followed)).prepare()
})

const me = { id: sql.placeholder('id') }

const readTo = sql<Date>`coalesce((select ${readMarks.readTo} from ${readMarks} where ${readMarks.userId} = ${me.id}), 0)`

function theirs(db: Reader, byThem: SQL): SQL | undefined {
  const pair = and(eq(follows.followeeId, posts.authorId), eq(follows.followerId, me.id), cameSince)
  const since = exists(db.select({ one: sql`1` }).from(follows).where(pair))
  return and(isMerged, byThem, since, offeredTo(me))
}

/**
 * Lists the newest merged posts for a reader, one more than the limit of each author. The authors are few, and one query
 * for all of them would read and sort everything that they ever posted.
 */
export async function listMerged(db: Reader, me: Me, wanted: Wanted) {
  const rows = []
  for (const authorId of await crowdsOf(db, me))
    rows.push(...(await mergedOf(db).execute({ id: me.id, authorId, ...placeholdersOf(wanted) })))
  return rows
}

const mergedOf = prepared((db: Reader) =>
  db
    .select({ ...postFor(me), read: sql`${posts.publishedAt} <= ${readTo}`.mapWith(Boolean).as('read') })
    .from(posts)
    .innerJoin(users, authorOf)
    .where(
      and(theirs(db, eq(posts.authorId, sql.placeholder('authorId'))), beforePlaceholder(posts.publishedAt, posts.id)),
    )
    .orderBy(desc(posts.publishedAt), desc(posts.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

/** Counts the merged posts that a reader has not read. */
export async function countUnreadMerged(db: Reader, me: Me): Promise<number> {
  const authors = await crowdsOf(db, me)
  if (!authors.length) return 0
  const [row] = await unreadMerged(db).execute({ id: me.id, authorIds: JSON.stringify(authors) })
  return row?.count ?? 0
}

const unreadMerged = prepared((db: Reader) =>
  db
    .select({ count: sql<number>`count(*)` })
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(theirs(db, isAnyOf(posts.authorId, 'authorIds')), gt(posts.publishedAt, readTo)))
    .prepare(),
)

/** Marks the merged posts published at `upTo` or before as read. A mark never goes back. */
export const markMergedRead = (tx: Tx, me: Me, upTo: Date) =>
  tx
    .insert(readMarks)
    .values({ userId: me.id, readTo: upTo })
    .onConflictDoUpdate({ target: readMarks.userId, set: { readTo: greater(readMarks.readTo, sql`excluded.read_to`) } })
