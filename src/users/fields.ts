import { z } from 'zod'
import { LOCALES } from '../../shapes/locales'
import { RESERVED } from './model'

export const handleField = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9_]{3,30}$/, 'A handle has 3 to 30 of the letters a to z, digits and _.')
  .refine((handle) => !RESERVED.includes(handle), 'This handle is reserved.')

export const passwordField = z
  .string()
  .min(10, 'A password has at least 10 characters.')
  .max(200, 'A password has at most 200 characters.')

const displayNameField = z.string().trim().max(60)

/** Why somebody is reported or suspended. */
export const reasonField = z
  .string()
  .trim()
  .min(1, 'Please give a reason.')
  .max(500, 'A reason has at most 500 characters.')

const emailField = z.email('This is not an e-mail address.').max(254)

const linkField = z
  .url({ protocol: /^https?$/, hostname: z.regexes.domain, error: 'A link begins with https:// or http://.' })
  .max(300)

export const draftSchema = z.object({
  handle: handleField,
  password: passwordField,
  displayName: displayNameField.optional(),
  email: emailField.nullish(),
  invite: z.string().max(1000).optional(),
})

export const accountPatchSchema = z.object({
  displayName: displayNameField.min(1, 'Please enter a name.').optional(),
  bio: z.string().trim().max(500).optional(),
  links: z.array(linkField).max(5, 'At most 5 links.').optional(),
  email: emailField.nullable().optional(),
  locale: z.enum(LOCALES).nullable().optional(),
  avatarFileId: z.int().positive().nullable().optional(),
})

/** What is left out goes back to what it was when the account was new. */
export const accountSchemaWhole = accountPatchSchema.extend({
  displayName: displayNameField.min(1).optional(),
  bio: accountPatchSchema.shape.bio.default(''),
  links: accountPatchSchema.shape.links.default([]),
  email: emailField.nullable().default(null),
  locale: z.enum(LOCALES).nullable().default(null),
  avatarFileId: z.int().positive().nullable().default(null),
})
