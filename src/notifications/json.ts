import { z } from 'zod'
import type { Looker } from '../http/looker'
import type { PostRow } from '../posts/feed'
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
    coins: z.int().optional().describe('What a purchase brought, or a refund gave back.'),
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
  ...(notice.coins && { coins: notice.coins }),
  url: urlOf(notice, actor?.handle, post),
})

/** Where one goes to see it. */
function urlOf({ kind, postId }: Notice, handle: string | undefined, post: PostRow | null): string {
  if (kind === 'follow') return `/users/${handle}`
  if (kind === 'refund') return '/coins'
  if (kind === 'purchase') return post ? `/posts/${post.post.id}` : '/coins'
  return postId ? `/posts/${postId}` : '/posts/new' // where a failed photo waits for another try
}
