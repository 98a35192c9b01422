import { z } from 'zod'

export const userSchema = z
  .object({
    id: z.int(),
    handle: z.string(),
    displayName: z.string(),
    bio: z.string(),
    links: z.array(z.string()),
    avatarUrl: z.string().nullable(),
    followers: z.int(),
    following: z.int(),
    posts: z.int(),
    createdAt: z.iso.datetime(),
    viewer: z.object({ self: z.boolean(), following: z.boolean(), blocked: z.boolean(), muted: z.boolean() }),
  })
  .meta({ id: 'User' })
export type UserJson = z.infer<typeof userSchema>

export const accountSchema = userSchema
  .extend({
    email: z.string().nullable(),
    role: z.enum(['member', 'moderator', 'admin']),
    locale: z.enum(['en', 'ko']).nullable(),
    storage: z.object({ used: z.int(), limit: z.int() }),
  })
  .meta({ id: 'Account' })
export type AccountJson = z.infer<typeof accountSchema>
