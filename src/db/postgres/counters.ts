import type { Pool, QueryConfig } from 'pg'
import RateLimiterPostgres from 'rate-limiter-flexible/lib/RateLimiterPostgres.js'
import type { Counter } from '../counters'
import { storable, translate } from './client'

/** Counts for all servers on the database, so that a limit does not grow with their number. */
export function createCounters(pool: Pool): (name: string, seconds: number) => Counter {
  const query = (asked: QueryConfig) =>
    pool.query({ ...asked, values: asked.values?.map(storable) ?? [] }).catch(translate)
  const storeClient = {
    query: (asked: QueryConfig | string) => query(typeof asked === 'string' ? { text: asked } : asked),
  }
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
