import type { NotificationJson } from '../../shapes/notifications'
import type { ViewerContext } from '../http/viewer-context'
import { commentJson } from '../posts/comments/json'
import { postJson } from '../posts/json'
import { userJson } from '../users/json'
import type { NoticeRow } from './model'
import { notificationUrl } from './url'

/** A notification as its recipient sees it: without a post or comment that they may not see any more. */
export const notificationJson = (
  { notice, actors, post, comment }: NoticeRow,
  viewerContext: ViewerContext,
): NotificationJson => ({
  id: notice.id,
  kind: notice.kind,
  at: notice.at.toISOString(),
  read: notice.read,
  count: notice.count,
  actors: actors.map((actor) => userJson(actor, viewerContext)),
  ...(post && { post: postJson(post, viewerContext) }),
  ...(comment && { comment: commentJson(comment, viewerContext) }),
  ...(notice.coins && { coins: notice.coins }),
  ...(notice.note && { note: notice.note }),
  url: notificationUrl(notice, { actor: actors[0]?.handle, postId: post?.post.id, me: viewerContext.viewer?.handle }),
})
