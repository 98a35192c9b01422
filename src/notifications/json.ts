import { z } from 'zod'
import type { Looker } from '../http/looker'
import { commentJson, commentSchema } from '../posts/comments/json'
import { postJson, postSchema } from '../posts/json'
import { userJson, userSchema } from '../users/json'
import type { NoticeRow } from './model'
import { placeOf } from './place'
import { KINDS } from './table'

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

export const notificationJson = ({ notice, actors, post, comment }: NoticeRow, looker: Looker): NotificationJson => ({
  id: notice.id,
  kind: notice.kind,
  at: notice.at.toISOString(),
  read: notice.read,
  count: notice.count,
  actors: actors.map((actor) => userJson(actor, looker)),
  ...(post && { post: postJson(post, looker) }),
  ...(comment && { comment: commentJson(comment, looker) }),
  ...(notice.coins && { coins: notice.coins }),
  ...(notice.note && { note: notice.note }),
  url: placeOf(notice, { actor: actors[0]?.handle, postId: post?.post.id, me: looker.viewer?.handle }),
})
