import type { InviteJson } from '../../shapes/invites'
import type { Invite } from './table'

/** `origin` is the address that people open. */
export const inviteJson = (
  { id, uses, used, createdAt, expiresAt }: Invite,
  token: string,
  origin: string,
): InviteJson => ({
  id,
  uses,
  used,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  url: inviteUrl(origin, token),
  token,
})

export const inviteUrl = (origin: string, token: string) => `${origin}/users/new?invite=${token}`
