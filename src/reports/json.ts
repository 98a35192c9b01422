import type { DeskReportJson, ReportJson } from '../../shapes/reports'
import type { ViewerContext } from '../http/viewer-context'
import { commentJson } from '../posts/comments/json'
import { postJson } from '../posts/json'
import { userJson } from '../users/json'
import type { ReportRow } from './staff-list'
import type { Report } from './table'

/** A report as the person who made it sees it, without what the staff decided. */
export const reportJson = ({ id, reason, createdAt, settledAt, postId, commentId, userId }: Report): ReportJson => ({
  id,
  status: settledAt ? 'settled' : 'open',
  reason,
  createdAt: createdAt.toISOString(),
  postId,
  commentId,
  userId,
})

/** The same for the staff, with the people, the post and the comment as far as they are still there. */
export const deskReportJson = (
  { report, user, reporter, settler, post, comment }: ReportRow,
  viewerContext: ViewerContext,
): DeskReportJson => ({
  ...reportJson(report),
  user: user && userJson(user, viewerContext),
  reporter: reporter && userJson(reporter, viewerContext),
  post: post && postJson(post, viewerContext),
  comment: comment && commentJson(comment, viewerContext),
  outcome: report.outcome,
  settledAt: report.settledAt?.toISOString() ?? null,
  settledBy: settler && userJson(settler, viewerContext),
})
