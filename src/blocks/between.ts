import { and, type Column, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { blocks } from './table'

/** The other person: a column of user ids, one id, or a placeholder of a prepared query. */
type Other = Column | Placeholder | number
/** The viewer; null for a visitor without an account, who cannot block anybody. */
export type ViewerRef = { id: Other } | null

/** The condition that `me` blocks `other`. */
export const blockedBy = (me: { id: Other }, other: Other): SQL =>
  sql`exists (select 1 from ${blocks} where ${blocks.blockerId} = ${me.id} and ${blocks.blockedId} = ${other})`

/** The condition that `other` blocks `me`. */
export const blocking = (me: { id: Other }, other: Other): SQL =>
  sql`exists (select 1 from ${blocks} where ${blocks.blockerId} = ${other} and ${blocks.blockedId} = ${me.id})`

const blocksSomebody = (me: { id: Other }): SQL =>
  sql`exists (select 1 from ${blocks} where ${blocks.blockerId} = ${me.id})`
const isBlockedBySomebody = (me: { id: Other }): SQL =>
  sql`exists (select 1 from ${blocks} where ${blocks.blockedId} = ${me.id})`

/** The condition that somebody blocks me or I block somebody, which the database finds out once for all rows. */
export const hasBlocks = (me: { id: Other }): SQL => sql`(${blocksSomebody(me)} or ${isBlockedBySomebody(me)})`

/**
 * The condition that neither blocks the other. Every query that shows people or their content includes it. Most people
 * have no blocks at all, which the database finds out once for all rows.
 */
export const notBlocked = (me: ViewerRef, other: Other): SQL | undefined =>
  me
    ? and(
        sql`(not ${blocksSomebody(me)} or not ${blockedBy(me, other)})`,
        sql`(not ${isBlockedBySomebody(me)} or not ${blocking(me, other)})`,
      )
    : undefined

/** Selects the ids of everybody who blocks me or whom I block, for use with `in`. */
export const anybodyBlocked = (me: { id: Other }): SQL =>
  sql`(select ${blocks.blockedId} from ${blocks} where ${blocks.blockerId} = ${me.id}
    union select ${blocks.blockerId} from ${blocks} where ${blocks.blockedId} = ${me.id})`
