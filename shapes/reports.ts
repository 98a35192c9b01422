import { z } from 'zod'
import { commentSchema } from './comments'
import { object } from './object'
import { postSchema } from './posts'
import { userSchema } from './users'

/** The decision of the staff. */
export const OUTCOMES = ['dismissed', 'removed', 'suspended'] as const

export type Outcome = (typeof OUTCOMES)[number]

/** A report as its reporter sees it. */
export const reportSchema = object(() => ({
  id: z.int(),
  status: z.enum(['open', 'settled']),
  reason: z.string(),
  createdAt: z.iso.datetime(),
  postId: z.int().nullable(),
  commentId: z.int().nullable(),
  userId: z.int().nullable(),
})).meta({ id: 'Report' })

export type ReportJson = z.infer<typeof reportSchema>

/** A report as the staff see it. */
export const deskReportSchema = object(() => ({
  ...reportSchema.shape,
  user: userSchema.nullable().describe('The person it is about, or null when they have left.'),
  reporter: userSchema.nullable(),
  post: postSchema.nullable().describe('Null when the post is gone or this moderator may not see it.'),
  comment: commentSchema.nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  settledAt: z.iso.datetime().nullable(),
  settledBy: userSchema.nullable(),
})).meta({ id: 'DeskReport' })

export type DeskReportJson = z.infer<typeof deskReportSchema>

/** The reported post, comment or person. */
export type Subject = { postId: number } | { commentId: number } | { handle: string }
