import { and, asc, eq, gt, isNotNull, isNull, lt, lte, notExists, or, sql } from 'drizzle-orm'
import { alias } from '../db/columns'
import type { Store, Tx } from '../db/open'
import { follows } from '../follows/table'
import { posts } from '../posts/table'
import { users } from '../users/table'
import { BACKFILL, isCopied } from './jobs'
import { inbox } from './table'

/** How many people a transaction covers. */
const CHUNK = 50

export type Rebuilt = { people: number; added: number; removed: number }

/** Computes every inbox again from posts and follows, corrects the copy and counts the differences. */
export async function rebuildInboxes({ db, write }: Pick<Store, 'db' | 'write'>): Promise<Rebuilt> {
  const total: Rebuilt = { people: 0, added: 0, removed: 0 }
  for (let after = 0; ; ) {
    const some = await db
      .select({ id: users.id })
      .from(users)
      .where(gt(users.id, after))
      .orderBy(asc(users.id))
      .limit(CHUNK)
    const last = some.at(-1)?.id
    if (last === undefined) return total
    const of = { after, last }
    total.people += some.length
    total.removed += await write((tx) => removeSuperfluous(tx, of))
    total.added += await write((tx) => addMissing(tx, of))
    after = last
  }
}

/** An imported post is in the inboxes of those only who followed its author when it was there already. */
const wasThere = or(isNull(posts.source), lt(posts.createdAt, follows.createdAt))

type Range = { after: number; last: number }

/** Removes rows of deleted posts and of unfollowed authors. */
async function removeSuperfluous(tx: Tx, { after, last }: Range): Promise<number> {
  const right = tx
    .select({ one: sql`1` })
    .from(posts)
    .innerJoin(follows, and(eq(follows.followeeId, posts.authorId), eq(follows.followerId, inbox.userId)))
    .where(
      and(eq(posts.id, inbox.postId), eq(posts.publishedAt, inbox.at), isNull(posts.deletedAt), isCopied, wasThere),
    )
  const rows = await tx
    .delete(inbox)
    .where(and(gt(inbox.userId, after), lte(inbox.userId, last), notExists(right)))
    .returning({ id: inbox.postId })
  return rows.length
}

/** Adds missing rows. Posts from before the follow count as read, and later posts as unread. */
async function addMissing(tx: Tx, { after, last }: Range): Promise<number> {
  const since = sql`${posts.publishedAt} >= ${follows.createdAt}`
  const missing = tx
    .select({
      userId: follows.followerId,
      at: sql<Date>`${posts.publishedAt}`.as('at'),
      postId: posts.id,
      read: sql<boolean>`(not ${since} or ${posts.source} is not null)`.as('read'),
    })
    .from(follows)
    .innerJoin(posts, eq(posts.authorId, follows.followeeId))
    .where(
      and(
        gt(follows.followerId, after),
        lte(follows.followerId, last),
        isNotNull(posts.publishedAt),
        isNull(posts.deletedAt),
        isCopied,
        wasThere,
        or(since, sql`${posts.publishedAt} >= ${oldestBroughtAlong(tx)}`),
      ),
    )
  const rows = await tx.insert(inbox).select(missing).onConflictDoNothing().returning({ id: inbox.postId })
  return rows.length
}

/** The publication time of the oldest post that a new follower of the author gets. */
function oldestBroughtAlong(tx: Tx) {
  const theirs = alias(posts, 'theirs')
  const nth = tx
    .select({ at: theirs.publishedAt })
    .from(theirs)
    .where(and(eq(theirs.authorId, posts.authorId), isNotNull(theirs.publishedAt), isNull(theirs.deletedAt)))
    .orderBy(sql`${theirs.publishedAt} desc`)
    .limit(1)
    .offset(BACKFILL - 1)
  return sql`coalesce(${nth}, 0)`
}
