import { z } from 'zod'
import { LOCALES } from './locales'
import { object } from './object'

/** `moderator` and `admin` are the staff. */
export const ROLES = ['member', 'moderator', 'admin'] as const

export type Role = (typeof ROLES)[number]

/**
 * Whether someone with the role `mine` may suspend a person, give them a reset link, judge reports about them or remove
 * what they published. Only administrators do this to other staff.
 */
export const mayModerate = (mine: Role, theirs: Role): boolean =>
  mine === 'admin' || (mine === 'moderator' && theirs === 'member')

export const EMAIL_STATES = ['unverified', 'verified', 'refused'] as const

export type EmailState = (typeof EMAIL_STATES)[number]

export const userSchema = object(() => ({
  id: z.int(),
  handle: z.string(),
  displayName: z.string(),
  bio: z.string(),
  links: z.array(z.string()),
  avatarUrl: z.string().nullable(),
  followers: z.int(),
  following: z.int(),
  posts: z.int(),
  private: z.boolean().describe('Whether only accepted followers see the posts.'),
  createdAt: z.iso.datetime(),
  viewer: object(() => ({
    self: z.boolean(),
    following: z.boolean(),
    requested: z.boolean().describe('Whether you asked to follow this private account and wait for an answer.'),
    blocked: z.boolean(),
    muted: z.boolean(),
  })),
})).meta({ id: 'User' })

export type UserJson = z.infer<typeof userSchema>

export const accountSchema = object(() => ({
  ...userSchema.shape,
  email: z.string().nullable(),
  emailStatus: z
    .enum(EMAIL_STATES)
    .nullable()
    .describe('`refused` when a mail server refuses the address. Null without an address.'),
  emailRefusal: z.string().nullable().describe('The reply of that mail server.'),
  role: z.enum(ROLES),
  secondFactor: z
    .boolean()
    .nullable()
    .describe('Whether signing in takes a code besides the password. Null where moderators see other people.'),
  hasPassword: z.boolean().nullable().describe('False with passkeys only. Null where moderators see other people.'),
  passkeys: z.int().nullable().describe('How many passkeys there are. Null where moderators see other people.'),
  locale: z.enum(LOCALES).nullable(),
  timeZone: z.string().nullable().describe('Null follows the community.'),
  avatarStatus: z.enum(['processing', 'ready', 'failed']).nullable(),
  suspension: object(() => ({ at: z.iso.datetime(), reason: z.string() })).nullable(),
  erasedAt: z.iso.datetime().nullable().describe('When the account will be erased, if it is being deleted.'),
  adult: z.boolean().describe('Whether they have confirmed their age, so that they see posts for adults.'),
  storage: object(() => ({ used: z.int(), limit: z.int() })).describe('The storage in bytes.'),
})).meta({ id: 'Account' })

export type AccountJson = z.infer<typeof accountSchema>
