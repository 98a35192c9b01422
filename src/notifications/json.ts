import { z } from 'zod'
import type { Looker } from '../http/looker'
import { postJson, postSchema } from '../posts/json'
import { userJson, userSchema } from '../users/json'
import type { Notice, NoticeRow } from './model'
import { NOTIFICATIONS } from './table'

export const notificationSchema = z
  .object({
    id: z.int(),
    kind: z.enum(NOTIFICATIONS),
    at: z.iso.datetime(),
    read: z.boolean(),
    count: z.int(),
    actors: z.array(userSchema),
    post: postSchema.optional(),
    url: z.string(),
  })
  .meta({ id: 'Notification' })
export type NotificationJson = z.infer<typeof notificationSchema>

export const notificationJson = ({ notice, actor, post }: NoticeRow, looker: Looker): NotificationJson => ({
  id: notice.id,
  kind: notice.kind,
  at: notice.at.toISOString(),
  read: notice.read,
  count: 1,
  actors: actor ? [userJson(actor, looker)] : [],
  ...(post && { post: postJson(post, looker) }),
  url: urlOf(notice, actor?.handle),
})

/** Where one goes to see it: the post, whoever follows, or the place where a failed photo waits for another try. */
const urlOf = ({ kind, postId }: Notice, handle: string | undefined) =>
  kind === 'follow' ? `/users/${handle}` : postId ? `/posts/${postId}` : '/posts/new'
