import { and, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import { isFalse } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { authorOf, type PostRow, postFor, withFiles } from '../posts/feed'
import { posts } from '../posts/table'
import { Problem } from '../problem'
import { present } from '../users/person'
import { users } from '../users/table'
import { type Look, looks } from './table'

const HOUR_MS = 3600_000
/** How long one of several looks lasts. */
const LOOK_MS = HOUR_MS

/** A link as its guest finds it, with the post and the name of the giver. `row` is what a look shows. */
export type FoundLook = { look: Look; giver: string; row: PostRow }

/**
 * Finds the link with its post, whatever the guest may see of it yet. It is gone when it has ended, or when the post or
 * its author is. A look never shows more than this one post.
 */
export async function findLook(db: Reader, id: number, now: Date): Promise<FoundLook> {
  const [found] = await open(db).execute({ id, now: +now })
  if (!found) throw new Problem('gone', 'This link is no longer valid.')
  const { look, giver, ...shown } = found
  const [row] = await withFiles(db, [shown])
  return { look, giver: giver ?? '', row: row! }
}

const open = prepared((db: Reader) =>
  db
    .select({
      ...postFor(null),
      look: looks,
      giver: sql<string | null>`(select display_name from ${users} as giver where giver.id = ${looks.giverId})`.as(
        'giver',
      ),
    })
    .from(looks)
    .innerJoin(posts, eq(posts.id, looks.postId))
    .innerJoin(users, authorOf)
    .where(
      and(
        eq(looks.id, sql.placeholder('id')),
        isNull(looks.endedAt),
        gt(looks.expiresAt, sql.placeholder('now')),
        isNotNull(posts.publishedAt),
        isNull(posts.deletedAt),
        isNull(posts.heldAt),
        isFalse(posts.adultsOnly),
        present,
      ),
    )
    .limit(1)
    .prepare(),
)

/** Whether the browser that holds the link is looking at this moment. */
export const isUnderWay = ({ openUntil }: Pick<Look, 'openUntil'>, now: Date): boolean => !!openUntil && openUntil > now

/** How many looks are left. */
export const looksLeft = ({ times, used }: Pick<Look, 'times' | 'used'>): number => (times ?? 1) - used

/**
 * Begins a look, unless one is under way. The first look gives the link to the browser that asks; `isHolder` says
 * whether it is that browser.
 */
export async function beginLook(tx: Tx, id: number, isHolder: boolean, now: Date): Promise<Look> {
  const { look } = await findLook(tx, id, now)
  if (look.used > 0 && !isHolder) throw openedElsewhere()
  if (isUnderWay(look, now)) return look
  if (looksLeft(look) < 1) throw new Problem('gone', 'This link is no longer valid.')
  const openUntil = new Date(+now + (look.hours === null ? LOOK_MS : look.hours * HOUR_MS))
  const isLast = looksLeft(look) === 1
  const [begun] = await tx
    .update(looks)
    .set({
      used: look.used + 1,
      openUntil,
      ...(look.used === 0 && { firstAt: now }),
      ...(isLast && { expiresAt: openUntil }),
    })
    .where(and(eq(looks.id, id), eq(looks.used, look.used), isNull(looks.endedAt)))
    .returning()
  if (!begun) throw openedElsewhere()
  return begun
}

/** The problem of a browser that does not hold the link. */
export const openedElsewhere = () =>
  new Problem('forbidden', 'This link belongs to the browser that opened it first.', { code: 'opened_elsewhere' })
