import { type Column, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { mutes } from './table'

type Who = number | Placeholder | Column

/** An SQL condition: `muter` mutes `muted`. Either can be a column of user ids. */
export const mutedBy = (muter: Who, muted: Who): SQL =>
  sql`exists (select 1 from ${mutes} where ${mutes.muterId} = ${muter} and ${mutes.mutedId} = ${muted})`

/** An SQL condition for content that arrives unasked: the main page, the inbox and notifications. */
export const notMuted = (me: { id: Who } | null, other: Who): SQL | undefined =>
  me
    ? sql`(not exists (select 1 from ${mutes} where ${mutes.muterId} = ${me.id}) or not ${mutedBy(me.id, other)})`
    : undefined
