import { and, desc, eq, or, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { unfollow } from '../follows/model'
import { takeBackAll } from '../notifications/take-back'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { nobodyFound, raiseEpoch } from '../users/model'
import { isCalled, present, type Seen, seenBy, toPeoplePage } from '../users/person'
import { users } from '../users/table'
import { blocks } from './table'

type Who = Pick<Person, 'id'>

/**
 * Blocks somebody; returns false when they were blocked already. Follows, requests to follow and notifications between
 * the two are removed, and all media links that either of them holds become invalid with this commit. For media that
 * they may still see, like bought posts, pages contain new links.
 */
export async function block(tx: Tx, me: Who, other: Who, now: Date): Promise<boolean> {
  if (me.id === other.id) throw new Problem('conflict', 'You cannot block yourself.', { code: 'own_account' })
  const draft = { blockerId: me.id, blockedId: other.id, createdAt: now }
  const made = await tx.insert(blocks).values(draft).onConflictDoNothing().returning()
  if (!made.length) return false
  await unfollow(tx, me, other, now)
  await unfollow(tx, other, me, now)
  await takeBackAll(tx, { userId: me.id, actorId: other.id })
  await takeBackAll(tx, { userId: other.id, actorId: me.id })
  for (const { id } of [me, other]) await raiseEpoch(tx, id, now)
  return true
}

/** Lifts a block. Follows that the block removed do not come back. */
export const unblock = (tx: Tx, me: Who, other: Who) =>
  tx.delete(blocks).where(and(eq(blocks.blockerId, me.id), eq(blocks.blockedId, other.id)))

/** Finds a person even when they block me, since I must be able to block them back. */
export async function findBlockable(db: Reader, me: Who, handle: string): Promise<Seen> {
  const [user] = await blockable(db).execute({ id: me.id, handle })
  return user ?? nobodyFound()
}

const blockable = prepared((db: Reader) =>
  db
    .select(seenBy({ id: sql.placeholder('id') }))
    .from(users)
    .where(and(isCalled(sql.placeholder('handle')), present))
    .limit(1)
    .prepare(),
)

/** Lists the people I block, newest first. */
export async function listBlocked(db: Reader, me: Who, wanted: Wanted) {
  const rows = await blockedBy(db).execute({ id: me.id, ...placeholdersOf(wanted) })
  return toPeoplePage(rows, wanted)
}

const blockedBy = prepared((db: Reader) => {
  const me = { id: sql.placeholder('id') }
  return db
    .select({ user: seenBy(me), at: blocks.createdAt })
    .from(blocks)
    .innerJoin(users, eq(users.id, blocks.blockedId))
    .where(and(eq(blocks.blockerId, me.id), present, beforePlaceholder(blocks.createdAt, blocks.blockedId)))
    .orderBy(desc(blocks.createdAt), desc(blocks.blockedId))
    .limit(sql.placeholder('most'))
    .prepare()
})

/**
 * Erases the blocks by and of a deleted account. They are few enough to be deleted at once, so there is never more to
 * do.
 */
export async function eraseBlocksOf(tx: Tx, user: Who): Promise<boolean> {
  await tx.delete(blocks).where(or(eq(blocks.blockerId, user.id), eq(blocks.blockedId, user.id)))
  return false
}
