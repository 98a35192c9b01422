import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { enqueue } from '../jobs/queue'
import type { Account, Person } from '../ports/people'
import { Problem } from '../problem'
import { changePassword } from './account'
import { findByAddress } from './emails'
import { passwordResets } from './table'

const RESET_MS = 24 * 3600_000
/** A mailbox is easier to look into than a member of the staff. */
const MAILED_MS = 3600_000
/** More open links than these are mailed to nobody within an hour. */
const MOST_MAILED = 3

const open = (id: number, now: Date) =>
  and(eq(passwordResets.id, id), isNull(passwordResets.usedAt), gt(passwordResets.expiresAt, now))

const ended = () => new Problem('gone', 'This link has been used or has expired. Ask the staff for a new one.')

/** No moderator acts on an administrator: a link into the account, for one, would make the moderator one. */
export function mayActOn(me: Pick<Account, 'role'>, user: Pick<Account, 'role'>): void {
  if (user.role === 'admin' && me.role !== 'admin')
    throw new Problem('forbidden', 'Only an administrator can change an administrator.')
}

/** The way back in for who forgot the password; its id goes into a signed link. */
export async function createReset(
  tx: Tx,
  user: Pick<Person, 'id'>,
  now: Date,
  lastsMs = RESET_MS,
): Promise<{ id: number; expiresAt: Date }> {
  const [reset] = await tx
    .insert(passwordResets)
    .values({ userId: user.id, createdAt: now, expiresAt: new Date(+now + lastsMs) })
    .returning()
  return reset!
}

/** Mails a link to everybody who has shown that this address is theirs, or to the one of this handle; to nobody when there is none. */
export async function mailResets(tx: Tx, who: string, now: Date): Promise<void> {
  for (const user of await findByAddress(tx, who)) {
    const recent = and(
      eq(passwordResets.userId, user.id),
      isNull(passwordResets.usedAt),
      gt(passwordResets.expiresAt, now),
    )
    if ((await tx.$count(passwordResets, recent)) >= MOST_MAILED) continue
    const { id } = await createReset(tx, user, now, MAILED_MS)
    await enqueue(tx, 'mail.reset', { resetId: id, mail: crypto.randomUUID() }, now)
  }
}

export async function findReset(
  db: Reader,
  id: number | undefined,
  now: Date,
): Promise<{ userId: number; expiresAt: Date }> {
  const [reset] = id === undefined ? [] : await db.select().from(passwordResets).where(open(id, now)).limit(1)
  if (!reset) throw ended()
  return reset
}

/** Works once. */
export async function useReset(tx: Tx, id: number | undefined, passwordHash: string, now: Date): Promise<void> {
  if (id === undefined) throw ended()
  const [reset] = await tx.update(passwordResets).set({ usedAt: now }).where(open(id, now)).returning()
  if (!reset) throw ended()
  await changePassword(tx, reset.userId, passwordHash, now)
}
