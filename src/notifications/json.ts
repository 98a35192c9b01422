import type { NotificationJson } from '../../shapes/notifications'
import type { Looker } from '../http/looker'
import { commentJson } from '../posts/comments/json'
import { postJson } from '../posts/json'
import { userJson } from '../users/json'
import type { NoticeRow } from './model'
import { placeOf } from './place'

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
