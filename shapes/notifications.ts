import { z } from 'zod'
import { commentSchema } from './comments'
import { postSchema } from './posts'
import { userSchema } from './users'

export const KINDS = [
  'post',
  'follow',
  'like',
  'comment',
  'mention',
  'purchase',
  'tip',
  'gift',
  'refund',
  'payout',
  'file_failed',
  'report',
  'staff',
] as const

export type Kind = (typeof KINDS)[number]

export const notificationSchema = z
  .object({
    id: z.int(),
    kind: z.enum(KINDS),
    at: z.iso.datetime().describe('When the newest of what it tells happened.'),
    read: z.boolean(),
    count: z.int().describe('How many people it tells of: a burst is one notification.'),
    actors: z.array(userSchema).describe('The newest few of them, newest first.'),
    post: postSchema.optional(),
    comment: commentSchema.optional().describe('The newest of them.'),
    coins: z.int().optional().describe('What it brought altogether.'),
    note: z.string().optional().describe('A sentence of the staff.'),
    url: z.string(),
  })
  .meta({ id: 'Notification' })

export type NotificationJson = z.infer<typeof notificationSchema>
