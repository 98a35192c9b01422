import { and, eq, isNull } from 'drizzle-orm'
import type { Outcome } from '../../shapes/reports'
import { record } from '../actions/record'
import type { Tx } from '../db/open'
import type { Viewer } from '../ports/people'
import { removeComment } from '../posts/comments/model'
import { removePost } from '../posts/delete'
import { Problem } from '../problem'
import { findAccount } from '../users/model'
import { suspend } from '../users/suspension'
import { about } from './model'
import { lookUpReport } from './staff-list'
import { type Report, reports } from './table'

/** A decision; `note` is the reason that a suspended person is given. */
export type Verdict = { outcome: Outcome; note?: string | undefined }

/**
 * Carries out a decision and settles all open reports of the same thing with it. If two moderators decide at once, the
 * second gets a conflict.
 */
export async function settle(tx: Tx, me: Viewer, id: number, { outcome, note }: Verdict, now: Date): Promise<void> {
  const found = await lookUpReport(tx, me, id)
  if (!found) throw new Problem('not_found', 'This report was not found.')
  const { report, userId } = found
  const settled = await tx
    .update(reports)
    .set({ settledAt: now, settledBy: me.id, outcome })
    .where(and(about(report), isNull(reports.settledAt)))
    .returning({ id: reports.id })
  if (!settled.some((each) => each.id === id))
    throw new Problem('conflict', 'This report has already been settled. Reload the page to see how.', {
      code: 'settled',
    })
  const detail = { reportId: id, outcome }
  await record(tx, { kind: 'report_settled', by: me, on: { id: userId }, reason: note, detail }, now)
  if (outcome === 'removed') await remove(tx, me, report, now)
  if (outcome === 'suspended') await suspend(tx, me, await findAccount(tx, userId), note ?? '', now)
}

async function remove(tx: Tx, me: Viewer, { postId, commentId }: Report, now: Date) {
  if (postId) await removePost(tx, me, postId, now)
  else if (commentId) await removeComment(tx, me, commentId, now)
  else throw new Problem('conflict', 'A member cannot be removed, only suspended.', { code: 'not_removable' })
}

/** Settles the reports of a post that the staff removed from its own page. */
export const settleRemoved = (tx: Tx, me: Viewer, postId: number, now: Date) =>
  tx
    .update(reports)
    .set({ settledAt: now, settledBy: me.id, outcome: 'removed' })
    .where(and(eq(reports.postId, postId), isNull(reports.settledAt)))
