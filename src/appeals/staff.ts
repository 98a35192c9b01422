import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import type { AppealOutcome } from '../../shapes/appeals'
import { record } from '../actions/record'
import type { Reader, Tx } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import { enqueue } from '../jobs/queue'
import { NOTES } from '../notifications/notes'
import { notify } from '../notifications/notify'
import type { Viewer } from '../ports/people'
import { Problem } from '../problem'
import { mayBeActedOnBy, requireMayActOn } from '../users/may-act-on'
import { findAccount, findPeople } from '../users/model'
import type { Seen } from '../users/person'
import { liftSuspension } from '../users/suspension'
import { users } from '../users/table'
import { type Appeal, appeals } from './table'

export type AppealRow = { appeal: Appeal; user: Seen | null; reason: string | null }

/** Lists the appeals that wait for a decision, or those that were decided, newest first. */
export async function listAppeals(db: Reader, me: Viewer, open: boolean, wanted: Wanted) {
  const rows = await db
    .select({ appeal: appeals, reason: users.suspensionReason })
    .from(appeals)
    .innerJoin(users, eq(users.id, appeals.userId))
    .where(
      and(
        open ? isNull(appeals.settledAt) : isNotNull(appeals.settledAt),
        mayBeActedOnBy(me),
        before(wanted.cursor, appeals.createdAt, appeals.id),
      ),
    )
    .orderBy(desc(appeals.createdAt), desc(appeals.id))
    .limit(wanted.limit + 1)
  const page = toPage(rows, wanted, ({ appeal: { createdAt, id } }) => ({ at: createdAt, id }))
  const people = await findPeople(db, me, [...new Set(page.items.map(({ appeal }) => appeal.userId))])
  return { ...page, items: page.items.map((row) => ({ ...row, user: people.get(row.appeal.userId) ?? null })) }
}

type Decision = { outcome: AppealOutcome; answer?: string | undefined }

/**
 * Decides about an appeal and tells the person, by mail as well. A granted one lifts the suspension; what was removed is
 * erased, so there its author may publish it again.
 */
export async function settleAppeal(
  tx: Tx,
  me: Viewer,
  id: number,
  { outcome, answer }: Decision,
  now: Date,
): Promise<AppealRow> {
  const [found] = await tx.select().from(appeals).where(eq(appeals.id, id))
  if (!found) throw new Problem('not_found', 'There is no appeal with this number.')
  const account = await findAccount(tx, found.userId)
  requireMayActOn(me, account)
  const [appeal] = await tx
    .update(appeals)
    .set({ settledAt: now, settledBy: me.id, outcome, answer: answer || null })
    .where(and(eq(appeals.id, id), isNull(appeals.settledAt)))
    .returning()
  if (!appeal)
    throw new Problem('conflict', 'Somebody has decided about this already. Reload the page to see how.', {
      code: 'settled',
    })
  const detail = { appealId: id, outcome }
  await record(tx, { kind: 'appeal_settled', by: me, on: account, reason: answer, detail }, now)
  const isSuspension = !appeal.postId && !appeal.commentId
  const granted = outcome === 'granted'
  if (isSuspension && granted) await liftSuspension(tx, me, account, now)
  const { note } = granted ? NOTES.appealGranted : NOTES.appealDenied
  await notify(tx, { userId: appeal.userId, kind: 'staff', note, at: now })
  const mail = { userId: appeal.userId, granted, answer: answer || null, mail: crypto.randomUUID() }
  if (isSuspension) await enqueue(tx, 'mail.appeal', mail, now) // they may be unable to read the notification
  const people = await findPeople(tx, me, [appeal.userId])
  return { appeal, user: people.get(appeal.userId) ?? null, reason: account.suspensionReason }
}
