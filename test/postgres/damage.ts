import { Database } from 'bun:sqlite'
import { expect } from 'bun:test'
import { drizzle } from 'drizzle-orm/bun-sqlite'
import type { Reader } from '../../src/db/open'
import { connect, lineOf } from '../../src/db/postgres/client'
import { openDrizzle } from '../../src/db/postgres/session'
import type { TestApp } from '../harness'
import { WITHOUT_CHECKS } from './without-checks'

/**
 * Looks at the database as it would be after changes that its own rules forbid. Each changes one row, and all of them
 * are rolled back.
 */
export async function damaged<R>(
  { place, path }: Pick<TestApp, 'place' | 'path'>,
  changes: string[],
  look: (db: Reader) => Promise<R>,
): Promise<R> {
  if (place.databaseUrl) return damagedPostgres(place.databaseUrl, changes, look)
  using client = new Database(path)
  client.run('pragma ignore_check_constraints = on')
  client.run('begin')
  for (const change of changes) expect([change, client.run(change).changes]).toEqual([change, 1])
  return await look(drizzle({ client, casing: 'snake_case' }))
}

async function damagedPostgres<R>(url: string, changes: string[], look: (db: Reader) => Promise<R>): Promise<R> {
  const client = await connect(url)
  try {
    // in PostgreSQL, changes of the schema are rolled back like others
    await client.query(`begin; set local session_replication_role = replica; ${WITHOUT_CHECKS}`)
    for (const change of changes) expect([change, (await client.query(change)).rowCount]).toEqual([change, 1])
    return await look(openDrizzle(lineOf(client)))
  } finally {
    await client.end()
  }
}
