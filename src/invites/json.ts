import { z } from 'zod'
import type { Invite } from './table'

export const inviteSchema = z
  .object({
    id: z.int(),
    uses: z.int().describe('How many people may sign up with it.'),
    used: z.int(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    url: z.string().describe('The link to send.'),
    token: z.string().describe('What `POST /users` takes as `invite`.'),
  })
  .meta({ id: 'Invite' })
export type InviteJson = z.infer<typeof inviteSchema>

/** `origin` is the address people open. */
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
