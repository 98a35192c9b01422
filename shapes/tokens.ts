import { z } from 'zod'
import { object } from './object'

/** Each scope allows a personal token one kind of thing. No scope includes another. */
export const SCOPES = ['read', 'write', 'coins', 'admin'] as const

export type Scope = (typeof SCOPES)[number]

export const tokenSchema = object(() => ({
  id: z.int(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable().describe('Null when the token does not expire.'),
  endsWithPassword: z.boolean().describe('Whether a new password ends the token.'),
  lastUsedAt: z.iso.datetime().nullable().describe('To the hour. Null when the token was never used.'),
})).meta({ id: 'Token' })

export const newTokenSchema = object(() => ({
  ...tokenSchema.shape,
  token: z.string().describe('The token itself, which is shown only once.'),
})).meta({ id: 'NewToken' })

export type TokenJson = z.infer<typeof tokenSchema>
