import { and, eq, or, sql } from 'drizzle-orm'
import type { Subject } from '../../shapes/reports'
import { mayModerate } from '../../shapes/users'
import { findBlockable } from '../blocks/model'
import type { Reader, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { notify } from '../notifications/notify'
import type { Account, Person } from '../ports/people'
import { findComment } from '../posts/comments/read'
import { findPost } from '../posts/feed'
import { Problem } from '../problem'
import { findAccount } from '../users/model'
import { listStaff } from '../users/staff-list'
import { type Report, reports } from './table'

type Target = Pick<Report, 'postId' | 'commentId' | 'userId'>

const nothing: Target = { postId: null, commentId: null, userId: null }

/**
 * Finds what the viewer wants to report. They must be able to see it, and it must not be their own. People who block
 * the viewer are found, too, since a block must not protect anyone from being reported.
 */
export async function findTarget(db: Reader, me: Person, subject: Subject): Promise<Target & { whose: number }> {
  const [target, whose] = await lookUp(db, me, subject)
  if (whose === me.id) throw new Problem('conflict', 'You cannot report yourself.', { code: 'own_account' })
  return { ...nothing, ...target, whose }
}

async function lookUp(db: Reader, me: Person, subject: Subject): Promise<[target: Partial<Target>, whose: number]> {
  if ('postId' in subject) return [{ postId: subject.postId }, (await findPost(db, me, subject.postId)).author.id]
  if ('commentId' in subject)
    return [{ commentId: subject.commentId }, (await findComment(db, me, subject.commentId)).author.id]
  const { id } = await findBlockable(db, me, subject.handle)
  return [{ userId: id }, id]
}

/**
 * Reports something. Each person has one report per subject; reporting it again updates the reason, reopens a settled
 * report and returns `made: false`.
 */
export async function report(
  tx: Tx,
  me: Person,
  subject: Subject,
  reason: string,
  now: Date,
): Promise<{ report: Report; made: boolean }> {
  const { whose, ...target } = await findTarget(tx, me, subject)
  const [before] = await tx
    .select()
    .from(reports)
    .where(and(eq(reports.reporterId, me.id), about(target)))
    .limit(1)
  const open = { reason, createdAt: now, settledAt: null, settledBy: null, outcome: null }
  const [row] = before
    ? await tx
        .update(reports)
        .set(before.settledAt ? open : { reason })
        .where(eq(reports.id, before.id))
        .returning()
    : await tx
        .insert(reports)
        .values({ ...target, reporterId: me.id, reason, createdAt: now })
        .returning()
  if (!before || before.settledAt) await tellStaff(tx, me, await findAccount(tx, whose), now)
  return { report: row!, made: !before }
}

/** An SQL condition: all reports of the same subject. */
export function about({ postId, commentId, userId }: Target) {
  if (postId) return eq(reports.postId, postId)
  return commentId ? eq(reports.commentId, commentId) : eq(reports.userId, userId!)
}

/** Notifies those of the staff who may judge the report. */
async function tellStaff(tx: Tx, me: Person, reported: Account, at: Date) {
  for (const { id, role } of await listStaff(tx))
    if (id !== me.id && mayModerate(role, reported.role))
      await notify(tx, { userId: id, kind: 'report', actorId: me.id, at })
}

/** Finds one of the viewer's own reports; other reports are between their reporters and the staff. */
export async function findOwnReport(db: Reader, me: Person, id: number): Promise<Report> {
  const [row] = await ownReport(db).execute({ id, me: me.id })
  if (!row) throw new Problem('not_found', 'You have no report with this number.')
  return row
}

const ownReport = prepared((db: Reader) =>
  db
    .select()
    .from(reports)
    .where(and(eq(reports.id, sql.placeholder('id')), eq(reports.reporterId, sql.placeholder('me'))))
    .limit(1)
    .prepare(),
)

/** Erases the reports by and about a deleted account; they are few enough for one transaction. */
export async function eraseReportsOf(tx: Tx, user: Pick<Person, 'id'>): Promise<boolean> {
  await tx.delete(reports).where(or(eq(reports.reporterId, user.id), eq(reports.userId, user.id)))
  return false
}
