import type { PostJson } from '../../shapes/posts'
import { mayModerate } from '../../shapes/users'
import { fileJson, lockedFileJson } from '../files/json'
import type { ViewerContext } from '../http/viewer-context'
import { userJson } from '../users/json'
import type { PostRow } from './feed'
import type { Post } from './table'

/** Formats a post for a viewer. As long as it is locked for them, its files are nothing but blurred previews. */
export function postJson(row: PostRow, viewerContext: ViewerContext): PostJson {
  const { post, author, files, bought, liked, bookmarked, suspended, read, purchase } = row
  const { role = 'member' } = viewerContext.viewer ?? {}
  const own = author.id === viewerContext.viewer?.id
  const locked = isLocked(post, own, bought)
  const open = post.visibility === 'everyone' && !author.private
  const forAnyone = !!post.publishedAt && !post.deletedAt && !post.heldAt && !post.adultsOnly && !suspended && open
  return {
    id: post.id,
    author: userJson(author, viewerContext),
    caption: post.caption,
    price: post.price,
    visibility: post.visibility,
    sensitive: post.sensitive,
    adultsOnly: post.adultsOnly,
    status: statusOf(post, files),
    createdAt: post.createdAt.toISOString(),
    publishedAt: post.publishedAt?.toISOString() ?? null,
    editedAt: post.editedAt?.toISOString() ?? null,
    pinned: post.pinnedAt !== null,
    ...(post.publishAt && { publishAt: post.publishAt.toISOString() }),
    files: files.map((file) =>
      locked
        ? lockedFileJson(file, viewerContext, forAnyone)
        : fileJson(file, viewerContext, forAnyone && post.price === 0),
    ),
    likes: row.likes,
    comments: row.comments,
    locked,
    viewer: {
      own,
      bought,
      liked,
      bookmarked,
      ...(purchase?.undoUntil && { undoUntil: purchase.undoUntil.toISOString() }),
      ...(role !== 'member' && { mayRemove: !own && mayModerate(role, row.authorRole) }),
    },
    ...(post.deletedAt && { deletedAt: post.deletedAt.toISOString() }),
    ...(read !== undefined && { read }),
    ...(purchase && { boughtAt: purchase.at.toISOString(), pricePaid: purchase.price }),
  }
}

/** Tells whether the post is for sale and the viewer is neither its author nor a buyer. */
const isLocked = ({ price }: { price: number }, own: boolean, bought: boolean) => price > 0 && !own && !bought

function statusOf({ publishedAt, publishAt, heldAt }: Post, files: { status: string }[]) {
  if (heldAt) return 'held'
  if (publishedAt) return 'published'
  if (files.some(({ status }) => status === 'failed')) return 'failed'
  return publishAt ? 'scheduled' : 'processing'
}
