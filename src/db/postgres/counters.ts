import type { Pool } from 'pg'
import { RateLimiterPostgres } from 'rate-limiter-flexible'
import type { Counter } from '../counters'
import { translate } from './client'

/** Counts for all servers on the database, so that a limit does not grow with their number. */
export function createCounters(pool: Pool): (name: string, seconds: number) => Counter {
  const storeClient = { query: (query: string) => pool.query(query).catch(translate) }
  let isFirst = true
  return (keyPrefix, duration) => {
    const clearExpiredByTimeout = isFirst // one of them deletes the rows of all
    isFirst = false
    return new RateLimiterPostgres({
      storeClient,
      storeType: 'pool',
      tableName: 'limits',
      tableCreated: true,
      clearExpiredByTimeout,
      keyPrefix,
      points: Number.MAX_SAFE_INTEGER,
      duration,
    })
  }
}
