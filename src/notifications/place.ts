import type { Notice } from './table'

type Told = Pick<Notice, 'kind' | 'postId' | 'commentId' | 'count' | 'coins'>
/** Handles of whoever did it and of whom it is told, and the post where that may be seen. */
type Seen = { actor?: string | undefined; postId?: number | undefined; me?: string | undefined }

/** Where one goes to see it. */
export function placeOf({ kind, postId, commentId, count, coins }: Told, seen: Seen): string {
  const thePost = seen.postId && `/posts/${seen.postId}`
  switch (kind) {
    case 'follow':
      return count > 1 || !seen.actor ? `/users/${seen.me}/followers` : `/users/${seen.actor}`
    case 'comment':
    case 'mention':
      return commentId ? `/comments/${commentId}#comment-${commentId}` : thePost || '/notifications'
    case 'refund':
    case 'payout':
      return '/coins'
    case 'gift':
      return thePost || '/library'
    case 'purchase':
    case 'tip':
      return thePost || '/coins'
    case 'file_failed':
      return postId ? `/posts/${postId}` : '/posts/new' // where a failed photo waits for another try
    case 'report':
      return '/admin/reports'
    case 'staff':
      return thePost || (coins ? '/coins' : '/notifications')
    default:
      return thePost || '/notifications'
  }
}
