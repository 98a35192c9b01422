import { z } from 'zod'
import { commentSchema } from './comments'
import { object } from './object'
import { postSchema } from './posts'
import { userSchema } from './users'

export const KINDS = [
  'post',
  'follow',
  'request',
  'accepted',
  'like',
  'comment',
  'mention',
  'purchase',
  'tip',
  'gift',
  'look',
  'refund',
  'payout',
  'file_failed',
  'report',
  'staff',
] as const

export type Kind = (typeof KINDS)[number]

export const notificationSchema = object(() => ({
  id: z.int(),
  kind: z.enum(KINDS),
  at: z.iso.datetime().describe('When the newest event happened.'),
  read: z.boolean(),
  count: z.int().describe('The number of people it is about, since a burst becomes one notification.'),
  actors: z.array(userSchema).describe('The most recent people, newest first.'),
  post: postSchema.optional(),
  comment: commentSchema.optional().describe('The newest comment.'),
  coins: z.int().optional().describe('The total number of coins received.'),
  note: z.string().optional().describe('A message from the staff.'),
  url: z.string(),
})).meta({ id: 'Notification' })

export type NotificationJson = z.infer<typeof notificationSchema>
