import type { GuestLookJson, LookJson } from '../../shapes/looks'
import type { ViewerContext } from '../http/viewer-context'
import { postJson } from '../posts/json'
import { type FoundLook, isUnderWay, looksLeft } from './guest'
import type { Look } from './table'

/** A link as the person who gave it sees it. `url` contains the signed token. */
export const lookJson = (look: Look, url: string, now: Date): LookJson => ({
  id: look.id,
  url,
  postId: look.postId,
  coins: look.coins,
  times: look.times,
  hours: look.hours,
  used: look.used,
  createdAt: look.createdAt.toISOString(),
  expiresAt: look.expiresAt.toISOString(),
  open: !look.endedAt && look.expiresAt > now,
  endedAt: look.endedAt?.toISOString() ?? null,
  refunded: look.refundId !== null,
})

/** A guest gets the post while their look lasts, and otherwise as much as a locked post shows. */
export function guestLookJson(
  { look, giver, row }: FoundLook,
  isHolder: boolean,
  contextOfGuest: ViewerContext,
  now: Date,
): GuestLookJson {
  const lasts = isHolder && isUnderWay(look, now)
  // The guest gets no picture of the author, and nothing of what members say about the post.
  const shown = { ...row, author: { ...row.author, avatarFileId: null }, bought: true, likes: 0, comments: 0 }
  return {
    giver,
    author: row.author.displayName,
    left: looksLeft(look),
    hours: look.hours ?? 1,
    openUntil: lasts ? (look.openUntil?.toISOString() ?? null) : null,
    placeholder: row.files[0]?.placeholder ?? null,
    post: lasts ? postJson(shown, contextOfGuest) : null,
  }
}
