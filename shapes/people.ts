import { z } from 'zod'
import { object } from './object'
import { accountSchema, ROLES } from './users'

/** A person as the staff see them. */
export const deskAccountSchema = object(() => ({
  ...accountSchema.shape,
  lastSeenAt: z.iso.datetime().nullable().describe('The day on which the person was last here; null if never.'),
  status: z
    .enum(['waiting', 'refused', 'unconfirmed'])
    .nullable()
    .describe(
      'What keeps the person from taking part, besides a suspension: they wait for approval, were refused, or have not confirmed their address.',
    ),
  refusal: z.string().nullable().describe('The reason for which the person was refused.'),
  quotaMb: z.int().nullable().describe('Their own storage in MB; null for that of their role.'),
  invitedBy: z.string().nullable().describe('The handle of the member whose invitation the person used.'),
})).meta({ id: 'DeskAccount' })
export type DeskAccountJson = z.infer<typeof deskAccountSchema>

const PEOPLE_STATES = ['active', 'waiting', 'refused', 'unconfirmed', 'suspended', 'leaving'] as const
const PEOPLE_SORTS = ['newest', 'oldest', 'seen', 'unseen', 'storage'] as const

/** A number of days. Forms send an empty text for a filter that is not set. */
const days = (what: string) => z.coerce.number().int().min(-36_500).max(36_500).optional().describe(what)

/** The filters of the staff on the list of people. An unknown value is refused, so that no filter is ignored silently. */
export const peopleFilterSchema = object(() => ({
  q: z.string().max(100).optional().describe('A part of a handle, a name or, for administrators, an email address.'),
  role: z.enum(ROLES).optional().describe('`member`, `moderator` or `admin`.'),
  state: z
    .enum(PEOPLE_STATES)
    .optional()
    .describe(
      '`active`, `waiting` for approval, `refused`, `unconfirmed` (has to confirm an address first), `suspended`, or ' +
        '`leaving`, whose account will be erased.',
    ),
  seen: days('Seen within so many days; with a minus, not seen for so many days.'),
  joined: days('Joined within so many days; with a minus, longer ago.'),
  storage: z.coerce.number().int().min(0).max(1_000_000_000).optional().describe('Uses at least so many megabytes.'),
  sort: z
    .enum(PEOPLE_SORTS)
    .optional()
    .describe('`newest` (the default) or `oldest` member, last `seen`, `unseen` for longest, most `storage`.'),
}))
export type PeopleFilter = z.infer<typeof peopleFilterSchema>

/** How many people can be suspended at once. */
export const MOST_AT_ONCE = 100

export const suspendedManySchema = object(() => ({
  changed: z.array(z.string()).describe('The handles of the people who were suspended, or whose suspension ended.'),
  left: z
    .array(object(() => ({ handle: z.string(), code: z.string(), detail: z.string() })))
    .describe('The people who were left as they were, each with the reason.'),
})).meta({ id: 'SuspendedMany' })
export type SuspendedManyJson = z.infer<typeof suspendedManySchema>

/** Somebody on the page of who invited whom. */
export const invitedSchema = object(() => ({
  ...deskAccountSchema.shape,
  invited: z.int().describe('How many people the person invited.'),
})).meta({ id: 'Invited' })
export type InvitedJson = z.infer<typeof invitedSchema>

/** Where a person stands among those who invited each other. */
export const branchShape = {
  line: z
    .array(z.string().nullable())
    .describe('Who invited the person, who invited that member, and so on, the first one first; null for leavers.'),
  below: z.int().describe('How many people the person invited, directly or through others.'),
}
