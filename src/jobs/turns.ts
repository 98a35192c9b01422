import { type SQL, sql } from 'drizzle-orm'
import { greater } from '../db/columns'

/**
 * The turn of the next job of a person. A person's jobs are two turns apart, and the job of a person who waits for no
 * other one gets the turn after the one that the lane has reached. It therefore waits for at most one job of each other
 * person. Nobody gets more than two jobs between two waiting jobs of another person, so no job waits forever.
 */
export const nextTurn = (lane: SQL, ownerId: SQL): SQL<number> =>
  greater(
    sql`coalesce((select reached.turn from lanes as reached where reached.lane = ${lane}), 0) + 1`,
    sql`coalesce((
      select max(line.turn) + 2 from jobs as line
      where line.lane = ${lane} and line.owner_id = ${ownerId} and line.died_at is null
    ), 0)`,
  )

/** The new turn of a job that runs again, so that its retries do not come before the jobs of other people. */
export const turnOfRetry = sql<number>`case
  when jobs.owner_id is null then 0
  else ${nextTurn(sql`jobs.lane`, sql`jobs.owner_id`)}
end`
