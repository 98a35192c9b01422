import { type Column, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { mutes } from './table'

type Who = number | Placeholder | Column

/** `muter` does not want to hear of `muted`; either may be a column of people's ids. */
export const mutedBy = (muter: Who, muted: Who): SQL =>
  sql`exists (select 1 from ${mutes} where ${mutes.muterId} = ${muter} and ${mutes.mutedId} = ${muted})`

/** For what comes to somebody by itself: the main page, the inbox, notifications. */
export const notMuted = (me: { id: Who } | null, other: Column): SQL | undefined =>
  me ? sql`not ${mutedBy(me.id, other)}` : undefined
