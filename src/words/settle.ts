import { and, desc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { FlagOutcome } from '../../shapes/words'
import { record } from '../actions/record'
import type { Reader, Tx } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import { NOTES } from '../notifications/notes'
import { notify } from '../notifications/notify'
import type { Viewer } from '../ports/people'
import { releaseComment, removeComment } from '../posts/comments/model'
import { type CommentRow, findComments } from '../posts/comments/read'
import { comments } from '../posts/comments/table'
import { removePost } from '../posts/delete'
import { findPosts, type PostRow } from '../posts/feed'
import { type Publishing, releasePost } from '../posts/publish'
import { posts } from '../posts/table'
import { Problem } from '../problem'
import { setProfileText } from '../users/held-profile'
import { mayBeActedOnBy, requireMayActOn } from '../users/may-act-on'
import { findAccount, findPeople } from '../users/model'
import type { Seen } from '../users/person'
import { users } from '../users/table'
import { type Flag, flags } from './table'

export type FlagRow = { flag: Flag; user: Seen | null; post: PostRow | null; comment: CommentRow | null }

/** Posts and comments that are deleted need no decision. */
const isThere = and(
  isNull(users.deletedAt),
  or(isNull(flags.postId), isNull(posts.deletedAt)),
  or(isNull(flags.commentId), isNull(comments.deletedAt)),
)

/** Lists the texts with listed words that wait for the staff, or those that they have decided about, newest first. */
export async function listFlags(db: Reader, me: Viewer, open: boolean, wanted: Wanted) {
  const rows = await db
    .select({ flag: flags })
    .from(flags)
    .innerJoin(users, eq(users.id, flags.userId))
    .leftJoin(posts, eq(posts.id, flags.postId))
    .leftJoin(comments, eq(comments.id, flags.commentId))
    .where(
      and(
        open ? and(isNull(flags.settledAt), isThere) : isNotNull(flags.settledAt),
        mayBeActedOnBy(me),
        before(wanted.cursor, flags.at, flags.id),
      ),
    )
    .orderBy(desc(flags.at), desc(flags.id))
    .limit(wanted.limit + 1)
  const page = toPage(rows, wanted, ({ flag: { at, id } }) => ({ at, id }))
  return {
    ...page,
    items: await fillFlags(
      db,
      me,
      page.items.map((row) => row.flag),
    ),
  }
}

/** Adds the person, the post and the comment to each, as far as the staff may see them. */
export async function fillFlags(db: Reader, me: Viewer, rows: Flag[]): Promise<FlagRow[]> {
  const people = await findPeople(db, me, [...new Set(rows.map(({ userId }) => userId))])
  const shown = await findPosts(
    db,
    me,
    rows.flatMap(({ postId }) => postId ?? []),
  )
  const said = await findComments(
    db,
    me,
    rows.flatMap(({ commentId }) => commentId ?? []),
  )
  return rows.map((flag) => ({
    flag,
    user: people.get(flag.userId) ?? null,
    post: shown.get(flag.postId ?? 0) ?? null,
    comment: said.get(flag.commentId ?? 0) ?? null,
  }))
}

/** Counts the texts that wait for a decision of this member of the staff. */
export async function countFlags(db: Reader, me: Pick<Viewer, 'role'>): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)`.mapWith(Number) })
    .from(flags)
    .crossJoin(users) // in this order, so that SQLite does not begin with all people
    .leftJoin(posts, eq(posts.id, flags.postId))
    .leftJoin(comments, eq(comments.id, flags.commentId))
    .where(and(isNull(flags.settledAt), eq(users.id, flags.userId), isThere, mayBeActedOnBy(me)))
  return row?.n ?? 0
}

/**
 * Decides about a text. What is allowed is shown to everybody, and what is not is removed. Of two who decide at once, the
 * second gets a conflict.
 */
export async function settleFlag(
  tx: Tx,
  me: Viewer,
  id: number,
  outcome: FlagOutcome,
  publishing: Publishing,
): Promise<Flag> {
  const { now } = publishing
  const [found] = await tx.select().from(flags).where(eq(flags.id, id))
  if (!found) throw new Problem('not_found', 'There is nothing to decide here.')
  requireMayActOn(me, await findAccount(tx, found.userId))
  const [flag] = await tx
    .update(flags)
    .set({ settledAt: now, settledBy: me.id, outcome, text: null })
    .where(and(eq(flags.id, id), isNull(flags.settledAt)))
    .returning()
  if (!flag)
    throw new Problem('conflict', 'Somebody has decided about this already. Reload the page to see how.', {
      code: 'settled',
    })
  await record(tx, { kind: 'flag_settled', by: me, on: { id: flag.userId }, detail: { flagId: id, outcome } }, now)
  if (outcome === 'allowed') await allow(tx, { ...flag, text: found.text }, publishing)
  else await remove(tx, me, flag, now)
  const held = flag.effect === 'hold'
  const { note } = outcome === 'allowed' ? NOTES.textAllowed : NOTES.textRemoved
  if (held || outcome === 'removed') await notify(tx, { userId: flag.userId, kind: 'staff', note, at: now })
  return flag
}

async function allow(tx: Tx, { effect, field, postId, commentId, userId, text }: Flag, publishing: Publishing) {
  if (effect === 'mark') return
  if (commentId) await releaseComment(tx, commentId, publishing.now)
  else if (postId) await releasePost(tx, postId, publishing)
  else if (field === 'displayName' || field === 'bio') await setProfileText(tx, userId, field, text)
}

async function remove(tx: Tx, me: Viewer, { effect, field, postId, commentId, userId }: Flag, now: Date) {
  if (commentId) await removeComment(tx, me, commentId, now)
  else if (postId) await removePost(tx, me, postId, now)
  else if (effect === 'mark' && (field === 'displayName' || field === 'bio'))
    await setProfileText(tx, userId, field, null)
}
