import { pageOfNote } from './notes'
import type { Notice } from './table'

type NoticeFields = Pick<Notice, 'kind' | 'postId' | 'commentId' | 'count' | 'coins' | 'note'>
/** The handles of the person who acted and of the recipient, and the post if the recipient may see it. */
type Seen = { actor?: string | undefined; postId?: number | undefined; me?: string | undefined }

/** Returns the page that a notification leads to. */
export function notificationUrl({ kind, postId, commentId, count, coins, note }: NoticeFields, seen: Seen): string {
  const thePost = seen.postId && `/posts/${seen.postId}`
  switch (kind) {
    case 'follow':
      return count > 1 || !seen.actor ? `/users/${seen.me}/followers` : `/users/${seen.actor}`
    case 'request':
      return '/follows/requests'
    case 'accepted':
      return seen.actor ? `/users/${seen.actor}` : '/notifications'
    case 'comment':
    case 'mention':
      return commentId ? `/comments/${commentId}#comment-${commentId}` : thePost || '/notifications'
    case 'refund':
    case 'payout':
      return '/coins'
    case 'gift':
      return thePost || '/library'
    case 'purchase':
    case 'look':
    case 'tip':
      return thePost || '/coins'
    case 'file_failed':
      return postId ? `/posts/${postId}` : '/posts/new' // A failed upload waits there for another try.
    case 'report':
      return '/admin/reports'
    case 'staff':
      return pageOfNote(note) ?? (thePost || (coins ? '/coins' : '/notifications'))
    default:
      return thePost || '/notifications'
  }
}
