import { and, desc, eq, gt, isNull, lt, not, sql } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import { Problem } from '../problem'
import { users } from '../users/table'
import { type Invite, invites } from './table'

/** Four weeks, unless asked otherwise. */
const INVITE_MS = 28 * 24 * 3600_000

/** Nobody comes in by an invitation of somebody who is suspended meanwhile. */
const ofSomebodySuspended = sql`exists (select 1 from ${users} where ${users.id} = ${invites.createdBy} and ${users.suspendedAt} is not null)`

const usable = (now: Date) =>
  and(isNull(invites.endedAt), gt(invites.expiresAt, now), lt(invites.used, invites.uses), not(ofSomebodySuspended))

export type InviteDraft = { uses?: number | undefined; expiresAt?: Date | undefined }

export async function createInvite(
  tx: Tx,
  creator: { id: number } | null,
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
  return invite!
}

const ended = () =>
  new Problem('gone', 'This invitation was used up or has expired. Ask for a new one.', { code: 'invite_ended' })

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

/** One use less; two who come at once for the last one do not both get in. */
export async function useInvite(tx: Tx, id: number | undefined, now: Date): Promise<void> {
  if (id === undefined) throw ended()
  const used = await tx
    .update(invites)
    .set({ used: sql`${invites.used} + 1` })
    .where(and(eq(invites.id, id), usable(now)))
    .returning({ id: invites.id })
  if (!used.length) throw ended()
}

/** Mine that still work, newest first. */
export async function listInvites(db: Reader, me: { id: number }, wanted: Wanted, now: Date) {
  const rows = await db
    .select()
    .from(invites)
    .where(and(eq(invites.createdBy, me.id), usable(now), before(wanted.cursor, invites.createdAt, invites.id)))
    .orderBy(desc(invites.createdAt), desc(invites.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/** Taking back one of somebody else, or one that is gone, changes nothing. */
export const endInvite = (tx: Tx, me: { id: number }, id: number, now: Date) =>
  tx
    .update(invites)
    .set({ endedAt: now })
    .where(and(eq(invites.id, id), eq(invites.createdBy, me.id), isNull(invites.endedAt)))

/** Nobody comes in by an invitation of somebody who is gone. There are few enough for one go. */
export async function endInvitesOf(tx: Tx, user: { id: number }, now: Date): Promise<boolean> {
  await tx
    .update(invites)
    .set({ endedAt: now })
    .where(and(eq(invites.createdBy, user.id), isNull(invites.endedAt)))
  return false
}
