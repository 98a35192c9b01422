import type { DeskAccountJson } from '../../shapes/people'
import type { AccountJson, UserJson } from '../../shapes/users'
import type { ViewerContext } from '../http/viewer-context'
import { renditionFile } from '../media/renditions'
import type { Account, Person } from '../ports/people'
import { type QuotaSettings, quotaOf } from '../settings/quotas'
import { emailStatusOf } from './emails'
import { type Standing, wasSuspended } from './person'
import type { AccountRow } from './staff-list'

/** Formats a user for a viewer. When either blocks the other, there is no picture. */
export const userJson = (user: Person & Partial<Standing>, viewerContext: ViewerContext): UserJson => ({
  id: user.id,
  handle: user.handle,
  displayName: user.displayName,
  bio: user.bio,
  links: user.links,
  avatarUrl:
    user.avatarFileId && !user.blocked && !user.blocksMe
      ? viewerContext.urlOf(user.avatarFileId, renditionFile('thumb'), true)
      : null,
  followers: user.followers,
  following: user.following,
  // Whoever may not see the posts of a private account does not learn how many there are.
  posts: user.private && !user.followed && user.id !== viewerContext.viewer?.id ? 0 : user.posts,
  private: user.private,
  createdAt: user.createdAt.toISOString(),
  viewer: {
    self: user.id === viewerContext.viewer?.id,
    following: user.followed ?? false,
    requested: user.requested ?? false,
    blocked: user.blocked ?? false,
    muted: user.muted ?? false,
  },
})

/** An account as its owner sees it. `storage` is in bytes. */
export const accountJson = (
  user: Account & Partial<Standing>,
  viewerContext: ViewerContext,
  settings: QuotaSettings,
): AccountJson => ({
  ...userJson(user, viewerContext),
  email: user.email,
  emailStatus: emailStatusOf(user),
  emailRefusal: user.emailRefusal,
  role: user.role,
  secondFactor: user.secondFactor,
  hasPassword: user.hasPassword,
  passkeys: user.passkeys,
  locale: user.locale,
  timeZone: user.timeZone,
  avatarStatus: user.avatarStatus,
  suspension:
    user.suspendedAt && wasSuspended(user)
      ? { at: user.suspendedAt.toISOString(), reason: user.suspensionReason ?? '' }
      : null,
  adult: !!user.adultAt,
  erasedAt: user.eraseAt?.toISOString() ?? null,
  storage: { used: user.storageUsed, limit: quotaOf(user, settings) },
})

/** Formats an account for the staff. Only administrators see the email address and whether there is a second factor. */
export const staffAccountJson = (
  me: Pick<Account, 'role'>,
  ...[user, viewerContext, settings]: Parameters<typeof accountJson>
): AccountJson => ({
  ...accountJson(user, viewerContext, settings),
  ...(me.role !== 'admin' && {
    email: null,
    emailStatus: null,
    emailRefusal: null,
    secondFactor: null,
    hasPassword: null,
    passkeys: null,
  }),
})

/** Formats a row of the staff's list of people. */
export const deskAccountJson = (
  me: Pick<Account, 'role'>,
  row: AccountRow,
  ...rest: [ViewerContext, QuotaSettings]
): DeskAccountJson => ({
  ...staffAccountJson(me, row, ...rest),
  lastSeenAt: row.seenAt?.toISOString() ?? null,
  status: statusOf(row),
  refusal: row.refusal,
  quotaMb: row.quotaMb,
  invitedBy: row.invitedBy,
})

/** Tells why somebody cannot come in yet, or null if they can. */
export function statusOf({ waitingAt, refusedAt, mustConfirm }: Account): DeskAccountJson['status'] {
  if (refusedAt) return 'refused'
  if (waitingAt) return 'waiting'
  return mustConfirm ? 'unconfirmed' : null
}
