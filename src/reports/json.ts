import type { DeskReportJson, ReportJson } from '../../shapes/reports'
import type { Looker } from '../http/looker'
import { commentJson } from '../posts/comments/json'
import { postJson } from '../posts/json'
import { userJson } from '../users/json'
import type { ReportRow } from './desk'
import type { Report } from './table'

export const reportJson = ({ id, reason, createdAt, settledAt, postId, commentId, userId }: Report): ReportJson => ({
  id,
  status: settledAt ? 'settled' : 'open',
  reason,
  createdAt: createdAt.toISOString(),
  postId,
  commentId,
  userId,
})

export const deskReportJson = (
  { report, user, reporter, settler, post, comment }: ReportRow,
  looker: Looker,
): DeskReportJson => ({
  ...reportJson(report),
  user: user && userJson(user, looker),
  reporter: reporter && userJson(reporter, looker),
  post: post && postJson(post, looker),
  comment: comment && commentJson(comment, looker),
  outcome: report.outcome,
  settledAt: report.settledAt?.toISOString() ?? null,
  settledBy: settler && userJson(settler, looker),
})
