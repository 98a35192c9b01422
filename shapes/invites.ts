import { z } from 'zod'

export const inviteSchema = z
  .object({
    id: z.int(),
    uses: z.int().describe('How many people may sign up with the invitation.'),
    used: z.int(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    url: z.string().describe('The link to send.'),
    token: z.string().describe('The value of `invite` for `POST /users`.'),
  })
  .meta({ id: 'Invite' })

export type InviteJson = z.infer<typeof inviteSchema>
