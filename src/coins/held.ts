import { and, eq, isNotNull, isNull, lte, type Placeholder, sql } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { prepared } from '../db/prepared'
import { purchases } from '../library/table'
import { looks } from '../looks/table'
import { posts } from '../posts/table'

const sold = { by: eq(posts.authorId, sql.placeholder('id')), upTo: sql.placeholder('upTo') as Placeholder }

/** Links for guests that nobody has opened. Their price comes back when they end, at the latest with their post. */
const unopened = prepared((db: Reader) =>
  db
    .select({ coins: sql<number>`coalesce(sum(${looks.coins} - ${looks.fee}), 0)`.mapWith(Number) })
    .from(looks)
    .innerJoin(posts, eq(posts.id, looks.postId))
    .where(
      and(sold.by, isNull(posts.deletedAt), isNull(looks.endedAt), eq(looks.used, 0), lte(looks.createdAt, sold.upTo)),
    )
    .prepare(),
)

/** Purchases that can still be undone. */
const undoable = prepared((db: Reader) =>
  db
    .select({ coins: sql<number>`coalesce(sum(${purchases.price} - ${purchases.fee}), 0)`.mapWith(Number) })
    .from(purchases)
    .innerJoin(posts, eq(posts.id, purchases.postId))
    .where(and(sold.by, isNotNull(purchases.undoUntil), isNull(purchases.endedAt), lte(purchases.at, sold.upTo)))
    .prepare(),
)

/**
 * Counts the coins that an author has for sales which their buyers can still take back by themselves. The author cannot
 * spend them yet: otherwise two people who agree could let the author spend them and take them back as well, and leave the
 * debt to an account that nobody needs.
 */
export async function heldOf(db: Reader, userId: number, upTo = Number.MAX_SAFE_INTEGER): Promise<number> {
  const asked = { id: userId, upTo }
  const [[links], [bought]] = [await unopened(db).execute(asked), await undoable(db).execute(asked)]
  return (links?.coins ?? 0) + (bought?.coins ?? 0)
}
