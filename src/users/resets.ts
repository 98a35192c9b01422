import { and, eq, gt, isNull } from 'drizzle-orm'
import { type Doer, record } from '../actions/record'
import type { Reader, Tx } from '../db/open'
import { enqueue } from '../jobs/queue'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { changePassword } from './account'
import { findByAddress } from './emails'
import { passwordResets } from './table'

const RESET_MS = 24 * 3600_000
/** Mailed links expire sooner, since a mailbox is quicker to reach than the staff. */
const MAILED_MS = 3600_000
/** The most open links that are mailed to an account within an hour. */
const MOST_MAILED = 3

const open = (id: number, now: Date) =>
  and(eq(passwordResets.id, id), isNull(passwordResets.usedAt), gt(passwordResets.expiresAt, now))

const ended = () => new Problem('gone', 'This link has been used or has expired. Ask the staff for a new one.')

type Reset = { id: number; expiresAt: Date }

/** Creates a reset on behalf of someone who forgot their password; its id goes into a signed link. */
export async function createReset(tx: Tx, by: Doer, user: Pick<Person, 'id'>, now: Date): Promise<Reset> {
  await record(tx, { kind: 'reset_link_made', by, on: user }, now)
  return addReset(tx, user, now, RESET_MS)
}

async function addReset(tx: Tx, user: Pick<Person, 'id'>, now: Date, lastsMs: number): Promise<Reset> {
  const [reset] = await tx
    .insert(passwordResets)
    .values({ userId: user.id, createdAt: now, expiresAt: new Date(+now + lastsMs) })
    .returning()
  return reset!
}

/**
 * Mails a reset link to the account with this handle, or to each account with this verified address, if there is one.
 */
export async function mailResets(tx: Tx, who: string, now: Date): Promise<void> {
  for (const user of await findByAddress(tx, who)) {
    const recent = and(
      eq(passwordResets.userId, user.id),
      isNull(passwordResets.usedAt),
      gt(passwordResets.expiresAt, now),
    )
    if ((await tx.$count(passwordResets, recent)) >= MOST_MAILED) continue
    const { id } = await addReset(tx, user, now, MAILED_MS)
    await enqueue(tx, 'mail.reset', { resetId: id, mail: crypto.randomUUID() }, now)
  }
}

/** Finds a reset that is still open. Throws `gone` when it was used or has expired. */
export async function findReset(
  db: Reader,
  id: number | undefined,
  now: Date,
): Promise<{ userId: number; expiresAt: Date }> {
  const [reset] = id === undefined ? [] : await db.select().from(passwordResets).where(open(id, now)).limit(1)
  if (!reset) throw ended()
  return reset
}

/** Sets a new password. Each reset works once. */
export async function useReset(tx: Tx, id: number | undefined, passwordHash: string, now: Date): Promise<void> {
  if (id === undefined) throw ended()
  const [reset] = await tx.update(passwordResets).set({ usedAt: now }).where(open(id, now)).returning()
  if (!reset) throw ended()
  await changePassword(tx, reset.userId, passwordHash, now)
}
