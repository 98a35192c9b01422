import { z } from 'zod'
import type { Looker } from '../http/looker'
import { commentJson, commentSchema } from '../posts/comments/json'
import { postJson, postSchema } from '../posts/json'
import { userJson, userSchema } from '../users/json'
import type { ReportRow } from './desk'
import { OUTCOMES, type Report } from './table'

/** What whoever reported is told. */
export const reportSchema = z
  .object({
    id: z.int(),
    status: z.enum(['open', 'settled']),
    reason: z.string(),
    createdAt: z.iso.datetime(),
    postId: z.int().nullable(),
    commentId: z.int().nullable(),
    userId: z.int().nullable(),
  })
  .meta({ id: 'Report' })
export type ReportJson = z.infer<typeof reportSchema>

/** What the staff see besides. */
export const deskReportSchema = reportSchema
  .extend({
    user: userSchema.nullable().describe('Whose it is; null when they have left.'),
    reporter: userSchema.nullable(),
    post: postSchema.nullable().describe('Null when it is gone, or not for this moderator to see.'),
    comment: commentSchema.nullable(),
    outcome: z.enum(OUTCOMES).nullable(),
    settledAt: z.iso.datetime().nullable(),
    settledBy: userSchema.nullable(),
  })
  .meta({ id: 'DeskReport' })
export type DeskReportJson = z.infer<typeof deskReportSchema>

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
