import { and, desc, eq, or } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import { unfollow } from '../follows/model'
import { takeBackAll } from '../notifications/take-back'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { nobodyFound, raiseEpoch } from '../users/model'
import { present, type Seen, seenBy } from '../users/person'
import { users } from '../users/table'
import { blocks } from './table'

type Who = Pick<Person, 'id'>

/**
 * True when it was not so before. Neither follows the other any more or is told of what the other did, and every media link that either holds ends with this commit;
 * whoever still may see something (what was bought stays in the library) is given new ones.
 */
export async function block(tx: Tx, me: Who, other: Who, now: Date): Promise<boolean> {
  if (me.id === other.id) throw new Problem('conflict', 'Nobody blocks themselves.', { code: 'own_account' })
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

/** Nobody follows anybody by it. */
export const unblock = (tx: Tx, me: Who, other: Who) =>
  tx.delete(blocks).where(and(eq(blocks.blockerId, me.id), eq(blocks.blockedId, other.id)))

/** Somebody as I see them, also when they block me: blocking back must be possible. */
export async function findBlockable(db: Reader, me: Who, handle: string): Promise<Seen> {
  const [user] = await db
    .select(seenBy(me))
    .from(users)
    .where(and(eq(users.handle, handle), present))
    .limit(1)
  return user ?? nobodyFound()
}

/** Whom I block, newest first. */
export async function listBlocked(db: Reader, me: Who, wanted: Wanted) {
  const rows = await db
    .select({ user: seenBy(me), at: blocks.createdAt })
    .from(blocks)
    .innerJoin(users, eq(users.id, blocks.blockedId))
    .where(and(eq(blocks.blockerId, me.id), present, before(wanted.cursor, blocks.createdAt, blocks.blockedId)))
    .orderBy(desc(blocks.createdAt), desc(blocks.blockedId))
    .limit(wanted.limit + 1)
  const page = toPage(rows, wanted, ({ user, at }) => ({ at, id: user.id }))
  return { ...page, items: page.items.map(({ user }) => user) }
}

/** In both directions, when somebody is gone; there are few enough for one go. */
export async function eraseBlocksOf(tx: Tx, user: Who): Promise<boolean> {
  await tx.delete(blocks).where(or(eq(blocks.blockerId, user.id), eq(blocks.blockedId, user.id)))
  return false
}
