import type { AccountJson, UserJson } from '../../shapes/users'
import type { Looker } from '../http/looker'
import { renditionFile } from '../media/renditions'
import type { Account, Person } from '../ports/people'
import { emailStatusOf } from './emails'
import type { Standing } from './person'

/** Formats a user for a viewer. When either blocks the other, there is no picture. */
export const userJson = (user: Person & Partial<Standing>, looker: Looker): UserJson => ({
  id: user.id,
  handle: user.handle,
  displayName: user.displayName,
  bio: user.bio,
  links: user.links,
  avatarUrl:
    user.avatarFileId && !user.blocked && !user.blocksMe
      ? looker.urlOf(user.avatarFileId, renditionFile('thumb'), true)
      : null,
  followers: user.followers,
  following: user.following,
  posts: user.posts,
  createdAt: user.createdAt.toISOString(),
  viewer: {
    self: user.id === looker.viewer?.id,
    following: user.followed ?? false,
    blocked: user.blocked ?? false,
    muted: user.muted ?? false,
  },
})

export const accountJson = (
  user: Account & Partial<Standing>,
  looker: Looker,
  { quotaMb }: { quotaMb: number },
): AccountJson => ({
  ...userJson(user, looker),
  email: user.email,
  emailStatus: emailStatusOf(user),
  emailRefusal: user.emailRefusal,
  role: user.role,
  locale: user.locale,
  avatarStatus: user.avatarStatus,
  suspension: user.suspendedAt && { at: user.suspendedAt.toISOString(), reason: user.suspensionReason ?? '' },
  storage: { used: user.storageUsed, limit: quotaMb * 1024 ** 2 },
})
