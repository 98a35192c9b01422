import { and, isNotNull, isNull, or, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { blockedBy, blocking, type ViewerRef } from '../blocks/between'
import { inLowerCase, isTrue } from '../db/columns'
import { type Page, toPage, type Wanted } from '../db/page'
import { followRequests, follows } from '../follows/table'
import { mutedBy } from '../mutes/muted'
import type { Account, Person } from '../ports/people'
import { person, users } from './table'

/** The relations of a viewer to a user: follows, asked to follow, blocks, is blocked by, mutes. */
export type Standing = { followed: boolean; requested: boolean; blocked: boolean; blocksMe: boolean; muted: boolean }
/** A user as a certain viewer sees them. */
export type Seen = Person & Standing

type Me = ViewerRef
const flag = (condition: SQL | null) => (condition ?? sql`false`).mapWith(Boolean)

/** The columns to select for `Standing`. */
export const standing = (me: Me) => ({
  followed: flag(me && followedBy(me)).as('followed'),
  requested: flag(me && and(isTrue(users.private), requestedBy(me))!).as('requested'),
  blocked: flag(me && blockedBy(me, users.id)).as('blocked'),
  blocksMe: flag(me && blocking(me, users.id)).as('blocks_me'),
  muted: flag(me && mutedBy(me.id, users.id)).as('muted'),
})

/** The columns of a person as the viewer sees them. */
export const seenBy = (me: Me) => ({ ...person, ...standing(me) })

/** The columns of people of whom a query selects only those with whom there are neither blocks nor a mute. */
export const welcomeTo = (me: Me) => ({
  ...seenBy(me),
  blocked: flag(null).as('blocked'),
  blocksMe: flag(null).as('blocks_me'),
  muted: flag(null).as('muted'),
})

/** Makes a page of people from rows that are ordered by a time and, within it, by the id of the person. */
export function toPeoplePage<User extends { id: number }>(
  rows: { user: User; at: Date }[],
  wanted: Wanted,
): Page<User> {
  const page = toPage(rows, wanted, ({ user, at }) => ({ at, id: user.id }))
  return { ...page, items: page.items.map(({ user }) => user) }
}

/** An SQL condition: the viewer follows the person. */
export const followedBy = (me: NonNullable<Me>) =>
  sql`exists (
    select 1 from ${follows} where ${follows.followeeId} = ${users.id} and ${follows.followerId} = ${me.id}
  )`

const requestedBy = (me: NonNullable<Me>) =>
  sql`exists (
    select 1 from ${followRequests}
    where ${followRequests.followeeId} = ${users.id} and ${followRequests.followerId} = ${me.id}
  )`

/** An SQL condition: the person has this handle. Handles are stored in lower case, however they are typed. */
export const isCalled = (handle: string | Placeholder): SQL => sql`${users.handle} = ${inLowerCase(handle)}`

/** An SQL condition: the staff suspended the person. Somebody who is leaving is only hidden in the same way. */
export const isSuspended = and(
  isNotNull(users.suspendedAt),
  or(isNull(users.eraseAt), isNotNull(users.suspensionReason)),
)

/** Tells the same of an account that was read. */
export const wasSuspended = ({
  suspendedAt,
  suspensionReason,
  eraseAt,
}: Pick<Account, 'suspendedAt' | 'suspensionReason' | 'eraseAt'>): boolean =>
  !!suspendedAt && (!eraseAt || suspensionReason !== null)

/** An SQL condition: the person may be here. They are neither suspended nor leaving nor still waiting for approval. */
const admitted = and(isNull(users.suspendedAt), isNull(users.waitingAt))

/** An SQL condition for every list of people: not deleted, and admitted. */
export const present = and(isNull(users.deletedAt), admitted)

/** An SQL condition: the person belongs to the staff, whose index is used only when the roles are written out. */
export const ofStaff = sql`(${users.role} <> 'member' and ${users.role} in ('moderator', 'admin'))`

/** An SQL condition: the viewer is staff, and not suspended. `asMember` shows the staff no more than members see. */
export const isStaff = (me: { id: number | object; asMember?: boolean }) =>
  me.asMember
    ? sql`false`
    : sql`exists (
    select 1 from ${users} as reader
    where reader.id = ${me.id} and reader.role <> 'member' and reader.suspended_at is null
  )`

/** An SQL condition: the reader has confirmed that they are an adult. */
export const isAdult = (me: { id: number | object }) =>
  sql`exists (select 1 from ${users} as reader where reader.id = ${me.id} and reader.adult_at is not null)`

/** An SQL condition for a single profile: as `present`, but the staff find people who are suspended or wait, too. */
export const presentTo = (me: ViewerRef) => and(isNull(users.deletedAt), me ? or(admitted, isStaff(me)) : admitted)
