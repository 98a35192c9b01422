import { Database } from 'bun:sqlite'
import { existsSync } from 'node:fs'
import { drizzle } from 'drizzle-orm/bun-sqlite'
import { migrations } from '../../migrations'
import type { Reader } from './open'

/** A database looked at from outside: nothing is migrated, nothing is written, and its server goes on. */
export function openReader(path: string): { db: Reader } & Disposable {
  const client = openReadOnly(path)
  return { db: drizzle({ client, casing: 'snake_case' }), [Symbol.dispose]: () => client.close() }
}

/**
 * The same of one moment, however many questions are asked: what its server writes from here on is not seen. Not for long, since the
 * database cannot tidy up its log meanwhile.
 */
export function openSnapshot(path: string): { db: Reader } & Disposable {
  const client = openReadOnly(path)
  client.run('begin')
  client.query('select name from migrations limit 1').get() // the moment is that of the first read
  return { db: drizzle({ client, casing: 'snake_case' }), [Symbol.dispose]: () => client.close() }
}

/** A copy of one moment, while the server goes on writing. `to` must not exist. */
export function copyDatabase(from: string, to: string): void {
  const client = openReadOnly(from)
  try {
    client.run('vacuum into ?', [to])
  } finally {
    client.close()
  }
}

/** Brings what was written last from the log into the file, so that the file alone is the database. */
export function gatherInOneFile(path: string): void {
  const client = new Database(path)
  try {
    const { busy } = client.query<{ busy: number }, []>('pragma wal_checkpoint(truncate)').get()!
    if (busy) throw new Error(`${path} is still being used.`)
  } finally {
    client.close()
  }
}

export type DatabaseReport = {
  engine: string
  broken: string[]
  orphans: number
  missingMigrations: string[]
  unknownMigrations: string[]
}

/** Reads the whole database. */
export function inspectDatabase(path: string): DatabaseReport {
  const client = openReadOnly(path)
  try {
    const column = (sql: string) =>
      client
        .query(sql)
        .values()
        .map(([value]) => String(value))
    const done = column('select name from migrations')
    const known = migrations.map(([name]) => name)
    return {
      engine: column('select sqlite_version()')[0]!,
      broken: column('pragma integrity_check(20)').filter((line) => line !== 'ok'),
      orphans: client.query('pragma foreign_key_check').values().length,
      missingMigrations: known.filter((name) => !done.includes(name)),
      unknownMigrations: done.filter((name) => !known.includes(name)),
    }
  } finally {
    client.close()
  }
}

function openReadOnly(path: string): Database {
  if (!existsSync(path)) throw new Error(`There is no database at ${path}. Choose the data folder with --data.`)
  const client = new Database(path, { readonly: true })
  client.run('pragma busy_timeout = 5000')
  return client
}
