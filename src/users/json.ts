import { z } from 'zod'
import type { Looker } from '../http/looker'
import { renditionFile } from '../media/renditions'
import { EMAIL_STATES, emailStatusOf } from './emails'
import type { Standing } from './person'
import { type Account, LOCALES, type Person, ROLES } from './table'

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
    emailStatus: z
      .enum(EMAIL_STATES)
      .nullable()
      .describe('`refused`: a mail server takes nothing for it. Null without an address.'),
    emailRefusal: z.string().nullable().describe('The words of that server.'),
    role: z.enum(ROLES),
    locale: z.enum(LOCALES).nullable(),
    avatarStatus: z.enum(['processing', 'ready', 'failed']).nullable(),
    suspension: z.object({ at: z.iso.datetime(), reason: z.string() }).nullable(),
    storage: z.object({ used: z.int(), limit: z.int() }).describe('In bytes.'),
  })
  .meta({ id: 'Account' })
export type AccountJson = z.infer<typeof accountSchema>

/** Between people who block one another there are no pictures. */
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
