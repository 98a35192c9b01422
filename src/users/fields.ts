import { z } from 'zod'
import { emailField } from '../../shapes/domains'
import { LOCALES } from '../../shapes/locales'
import { later, object } from '../../shapes/object'
import { nameField, textField } from '../../shapes/text'
import { timeZoneField } from '../../shapes/time-zone'
import { isCommonPassword, LONGEST_PASSWORD } from './common-passwords'
import { RESERVED } from './model'
import { registrationField } from './passkeys/fields'

export const handleField = later(() =>
  z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9_]{3,30}$/, 'A handle has 3 to 30 characters: lower-case letters, digits and _.')
    .refine((handle) => !RESERVED.includes(handle), 'This handle is reserved.'),
)

export const passwordField = later(() =>
  z
    .string()
    .min(10, 'A password needs at least 10 characters.')
    .max(LONGEST_PASSWORD, 'A password can have at most 200 characters.')
    .refine(
      (password) => !isCommonPassword(password),
      'This is one of the first passwords that others would try. Choose another one.',
    ),
)

/** May be empty at sign-up, where the handle takes its place. */
const newDisplayName = later(() => nameField({ max: 60 }))
const displayName = later(() => nameField({ max: 60, empty: 'Please enter a name.' }))

/** The reason for a report or a suspension. */
export const reasonField = later(() =>
  textField({
    max: 500,
    tooLong: 'A reason can have at most 500 characters.',
    empty: 'Please give a reason.',
  }),
)

const linkField = later(() =>
  z
    .url({ protocol: /^https?$/, hostname: z.regexes.domain, error: 'A link must start with https:// or http://.' })
    .max(300),
)

export const draftSchema = object(() => ({
  handle: handleField(),
  password: passwordField().optional().describe('Needed unless there is a `passkey`.'),
  passkey: registrationField()
    .optional()
    .describe('The answer of a device to the options of `POST /users/passkeys/options`.'),
  displayName: newDisplayName().optional(),
  email: emailField().nullish(),
  invite: z.string().max(1000).optional(),
  timeZone: timeZoneField().optional(),
  agree: z
    .boolean()
    .optional()
    .describe('Whether the person agrees to the rules, terms and privacy statement, where the host wrote any.'),
}))

export const accountPatchSchema = object(() => ({
  displayName: displayName().optional(),
  bio: textField({ max: 500 }).optional(),
  links: z.array(linkField()).max(5, 'You can add at most 5 links.').optional(),
  email: emailField().nullable().optional(),
  locale: z.enum(LOCALES).nullable().optional(),
  timeZone: timeZoneField().nullable().optional(),
  private: z
    .boolean()
    .optional()
    .describe('Whether only accepted followers see your posts. Turning it off accepts everyone who asked.'),
  avatarFileId: z.int().positive().nullable().optional(),
}))

/** The whole account, for PUT: omitted fields return to their defaults. */
export const accountSchemaWhole = object(() => ({
  ...accountPatchSchema.shape,
  bio: accountPatchSchema.shape.bio.default(''),
  links: accountPatchSchema.shape.links.default([]),
  email: emailField().nullable().default(null),
  locale: z.enum(LOCALES).nullable().default(null),
  timeZone: timeZoneField().nullable().default(null),
  private: z.boolean().default(false),
  avatarFileId: z.int().positive().nullable().default(null),
}))
