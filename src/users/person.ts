import { sql } from 'drizzle-orm'
import { follows } from '../follows/table'
import { type Person, person, users } from './table'

/** Somebody as a certain viewer sees them. */
export type Seen = Person & { followed: boolean }

/** The columns to select for it. */
export const seenBy = (viewer: Pick<Person, 'id'> | null) => ({ ...person, followed: followedBy(viewer).as('followed') })

const followedBy = (viewer: Pick<Person, 'id'> | null) =>
  (viewer
    ? sql<boolean>`exists (select 1 from ${follows} where ${follows.followeeId} = ${users.id} and ${follows.followerId} = ${viewer.id})`
    : sql<boolean>`0`
  ).mapWith(Boolean)
