import { z } from 'zod'
import { object } from './object'

export const inviteSchema = object(() => ({
  id: z.int(),
  uses: z.int().describe('How many people may sign up with the invitation.'),
  used: z.int(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  url: z.string().describe('The link to send.'),
  token: z.string().describe('The value of `invite` for `POST /users`.'),
})).meta({ id: 'Invite' })

export type InviteJson = z.infer<typeof inviteSchema>

/** An invitation as the staff see it: without the link, which is between its maker and the person invited. */
export const deskInviteSchema = object(() => ({
  ...inviteSchema.omit({ url: true, token: true }).shape,
  createdBy: z.string().nullable().describe('The handle of its maker; null for the command line.'),
})).meta({ id: 'DeskInvite' })

export type DeskInviteJson = z.infer<typeof deskInviteSchema>
