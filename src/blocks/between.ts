import { and, type Column, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { blocks } from './table'

/** A column of people's ids, or one id; in a prepared query not known yet. */
type Other = Column | Placeholder | number
/** Whoever looks. A stranger blocks nobody. */
export type Viewing = { id: Other } | null

/** I block them. */
export const blockedBy = (me: { id: Other }, other: Other): SQL =>
  sql`exists (select 1 from ${blocks} where ${blocks.blockerId} = ${me.id} and ${blocks.blockedId} = ${other})`

/** They block me. */
export const blocking = (me: { id: Other }, other: Other): SQL =>
  sql`exists (select 1 from ${blocks} where ${blocks.blockerId} = ${other} and ${blocks.blockedId} = ${me.id})`

/** Neither blocks the other: the condition of every query that shows somebody, or what is theirs. */
export const notBlocked = (me: Viewing, other: Other): SQL | undefined =>
  me ? and(sql`not ${blockedBy(me, other)}`, sql`not ${blocking(me, other)}`) : undefined

/** All between whom and me is a block, as a list for `in`. */
export const anybodyBlocked = (me: { id: Other }): SQL =>
  sql`(select ${blocks.blockedId} from ${blocks} where ${blocks.blockerId} = ${me.id} union select ${blocks.blockerId} from ${blocks} where ${blocks.blockedId} = ${me.id})`
