import { z } from 'zod'
import { object } from './object'
import { userSchema } from './users'

export const APPEAL_OUTCOMES = ['granted', 'denied'] as const
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number]

export const appealSchema = object(() => ({
  id: z.int(),
  about: z.enum(['suspension', 'post', 'comment']),
  postId: z.int().nullable(),
  commentId: z.int().nullable(),
  text: z.string(),
  createdAt: z.iso.datetime(),
  outcome: z.enum(APPEAL_OUTCOMES).nullable().describe('Null while the staff have not decided.'),
  answer: z.string().nullable().describe('What the staff replied.'),
  settledAt: z.iso.datetime().nullable(),
})).meta({ id: 'Appeal' })
export type AppealJson = z.infer<typeof appealSchema>

/** An appeal as the staff see it. */
export const deskAppealSchema = object(() => ({
  ...appealSchema.shape,
  user: userSchema.nullable(),
  reason: z.string().nullable().describe('The reason for the suspension, if the person is still suspended.'),
})).meta({ id: 'DeskAppeal' })
export type DeskAppealJson = z.infer<typeof deskAppealSchema>

/** Something of the viewer that the staff removed, and what the viewer answered. */
export const removedSchema = object(() => ({
  about: z.enum(['post', 'comment']),
  id: z.int(),
  at: z.iso.datetime(),
  appeal: appealSchema.nullable(),
})).meta({ id: 'Removed' })
export type RemovedJson = z.infer<typeof removedSchema>
