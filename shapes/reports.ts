import { z } from 'zod'
import { commentSchema } from './comments'
import { postSchema } from './posts'
import { userSchema } from './users'

/** What the staff did about it. */
export const OUTCOMES = ['dismissed', 'removed', 'suspended'] as const

export type Outcome = (typeof OUTCOMES)[number]

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

/** What is reported: exactly one of them. */
export type Subject = { postId: number } | { commentId: number } | { handle: string }
