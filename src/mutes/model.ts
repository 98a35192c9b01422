import { and, desc, eq, or, sql } from 'drizzle-orm'
import { notBlocked } from '../blocks/between'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { touch } from '../db/tell'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { present, seenBy, toPeoplePage } from '../users/person'
import { users } from '../users/table'
import { mutes } from './table'

type Who = Pick<Person, 'id'>

/** Mutes a member, who is not told and stays followed. Returns true if they were not muted before. */
export async function mute(tx: Tx, me: Who, other: Who, now: Date): Promise<boolean> {
  if (me.id === other.id) throw new Problem('conflict', 'You cannot mute yourself.', { code: 'own_account' })
  const draft = { muterId: me.id, mutedId: other.id, createdAt: now }
  const made = await tx.insert(mutes).values(draft).onConflictDoNothing().returning()
  if (made.length) touch(tx, me.id, 'inbox')
  return made.length > 0
}

/** Ends a mute. Ending it twice changes nothing. */
export async function unmute(tx: Tx, me: Who, other: Who): Promise<void> {
  const pair = and(eq(mutes.muterId, me.id), eq(mutes.mutedId, other.id))
  const ended = await tx.delete(mutes).where(pair).returning({ mutedId: mutes.mutedId })
  if (ended.length) touch(tx, me.id, 'inbox')
}

/** Lists the people that the viewer mutes, newest first. */
export async function listMuted(db: Reader, me: Who, wanted: Wanted) {
  const rows = await mutedOf(db).execute({ id: me.id, ...placeholdersOf(wanted) })
  return toPeoplePage(rows, wanted)
}

const mutedOf = prepared((db: Reader) => {
  const me = { id: sql.placeholder('id') }
  return db
    .select({ user: seenBy(me), at: mutes.createdAt })
    .from(mutes)
    .innerJoin(users, eq(users.id, mutes.mutedId))
    .where(
      and(
        eq(mutes.muterId, me.id),
        present,
        notBlocked(me, users.id),
        beforePlaceholder(mutes.createdAt, mutes.mutedId),
      ),
    )
    .orderBy(desc(mutes.createdAt), desc(mutes.mutedId))
    .limit(sql.placeholder('most'))
    .prepare()
})

/** Erases the mutes of a deleted account in both directions; they are few enough for one transaction. */
export async function eraseMutesOf(tx: Tx, user: Who): Promise<boolean> {
  await tx.delete(mutes).where(or(eq(mutes.muterId, user.id), eq(mutes.mutedId, user.id)))
  return false
}
