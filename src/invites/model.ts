import { and, desc, eq, getTableColumns, gt, isNull, lt, not, type Placeholder, sql } from 'drizzle-orm'
import { record } from '../actions/record'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import type { Account } from '../ports/people'
import { Problem } from '../problem'
import { present } from '../users/person'
import { users } from '../users/table'
import { type Invite, invites } from './table'

/** How long an invitation is valid by default. */
const INVITE_MS = 28 * 24 * 3600_000

/** Matches invitations of suspended people, which cannot be used. */
const ofSomebodySuspended = sql`exists (
  select 1 from ${users} where ${users.id} = ${invites.createdBy} and ${users.suspendedAt} is not null
)`

/** An SQL condition: somebody can still join by the invitation. */
export const usable = (now: Date | Placeholder) =>
  and(isNull(invites.endedAt), gt(invites.expiresAt, now), lt(invites.used, invites.uses), not(ofSomebodySuspended))

export type InviteDraft = { uses?: number | undefined; expiresAt?: Date | undefined }

/** Who creates or revokes an invitation; null is the command line. */
type Inviter = Pick<Account, 'id' | 'role'> | null

const isMember = (who: Inviter) => who?.role === 'member'

/** Creates an invitation. Those of the staff and of the command line are recorded. */
export async function createInvite(
  tx: Tx,
  creator: Inviter,
  { uses = 1, expiresAt }: InviteDraft,
  now: Date,
): Promise<Invite> {
  const draft = {
    createdBy: creator?.id ?? null,
    uses,
    createdAt: now,
    expiresAt: expiresAt ?? new Date(+now + INVITE_MS),
  }
  const [invite] = await tx.insert(invites).values(draft).returning()
  if (!isMember(creator))
    await record(tx, { kind: 'invite_made', by: creator, detail: { inviteId: invite!.id, uses } }, now)
  return invite!
}

const ended = () =>
  new Problem('gone', 'This invitation has been used up or has expired. Ask for a new one.', { code: 'invite_ended' })

/** Finds an invitation by which somebody can still join. Throws `gone`, also for the id of a link that was forged. */
export async function findInvite(db: Reader, id: number | undefined, now: Date): Promise<Invite> {
  const [invite] =
    id === undefined
      ? []
      : await db
          .select()
          .from(invites)
          .where(and(eq(invites.id, id), usable(now)))
          .limit(1)
  if (!invite) throw ended()
  return invite
}

/** The name of the member who invites, for whoever opens the link. Links of the command line and of leavers have none. */
export async function inviterOf(db: Reader, { createdBy }: Pick<Invite, 'createdBy'>): Promise<string | undefined> {
  if (createdBy === null) return undefined
  const [user] = await db
    .select({ name: users.displayName })
    .from(users)
    .where(and(eq(users.id, createdBy), present))
    .limit(1)
  return user?.name
}

/** Counts one use. Of two people who take the last use at the same time, only one gets in. */
export async function useInvite(tx: Tx, id: number | undefined, now: Date): Promise<void> {
  if (!(await tryInvite(tx, id, now))) throw ended()
}

/** Counts one use if the invitation can be used, and tells whether it could. */
export async function tryInvite(tx: Tx, id: number | undefined, now: Date): Promise<boolean> {
  if (id === undefined) return false
  const used = await tx
    .update(invites)
    .set({ used: sql`${invites.used} + 1` })
    .where(and(eq(invites.id, id), usable(now)))
    .returning({ id: invites.id })
  return used.length > 0
}

/** Lists the person's invitations that can still be used, newest first. */
export async function listInvites(db: Reader, me: { id: number }, wanted: Wanted, now: Date) {
  const rows = await usableOf(db).execute({ id: me.id, now: +now, ...placeholdersOf(wanted) })
  return toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

const usableOf = prepared((db: Reader) => {
  const mine = eq(invites.createdBy, sql.placeholder('id'))
  return db
    .select()
    .from(invites)
    .where(and(mine, usable(sql.placeholder('now')), beforePlaceholder(invites.createdAt, invites.id)))
    .orderBy(desc(invites.createdAt), desc(invites.id))
    .limit(sql.placeholder('most'))
    .prepare()
})

/** Lists the invitations of everybody that can still be used, newest first, each with the handle of whoever made it. */
export const listAllInvites = (db: Reader, now: Date) =>
  db
    .select({ ...getTableColumns(invites), createdBy: users.handle })
    .from(invites)
    .leftJoin(users, eq(users.id, invites.createdBy))
    .where(usable(now))
    .orderBy(desc(invites.createdAt), desc(invites.id))

/**
 * Revokes an invitation, and tells whether there was one to revoke. People revoke only their own, the command line any.
 */
export async function endInvite(tx: Tx, me: Inviter, id: number, now: Date): Promise<boolean> {
  const ended = await tx
    .update(invites)
    .set({ endedAt: now })
    .where(and(eq(invites.id, id), me ? eq(invites.createdBy, me.id) : undefined, isNull(invites.endedAt)))
    .returning({ id: invites.id })
  if (ended.length && !isMember(me)) await record(tx, { kind: 'invite_ended', by: me, detail: { inviteId: id } }, now)
  return ended.length > 0
}

/** Revokes all invitations of an erased account. There are few enough for one transaction. */
export async function endInvitesOf(tx: Tx, user: { id: number }, now: Date): Promise<boolean> {
  await tx
    .update(invites)
    .set({ endedAt: now })
    .where(and(eq(invites.createdBy, user.id), isNull(invites.endedAt)))
  return false
}
