import { constants, Database } from 'bun:sqlite'
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrations } from '../../migrations'
import { openDrizzle } from './engine'
import type { Reader } from './open'

/** Opens a database read-only while its server keeps running. It migrates nothing and writes nothing. */
export function openReader(path: string): { db: Reader } & Disposable {
  const client = openReadOnly(path)
  return { db: openDrizzle(client), [Symbol.dispose]: () => client.close() }
}

/**
 * Opens a read-only view of a single moment: later writes of the server stay invisible. Close it soon, because the
 * database cannot truncate its write-ahead log while it is open.
 */
export function openSnapshot(path: string): { db: Reader } & Disposable {
  const client = openReadOnly(path)
  client.run('begin')
  client.query('select name from migrations limit 1').get() // the first read fixes the moment of the snapshot
  return { db: openDrizzle(client), [Symbol.dispose]: () => client.close() }
}

/**
 * Copies the database as it is at one moment, while the server keeps writing. `to` must not exist. The copy is not
 * flushed to the disk, since whoever asks for one reads it at once and deletes it: the flush of a copy of 340 MB held up
 * writes of the server for 85 to 173 ms, and without it they waited for 22 to 116 ms, like those beside no copy.
 */
export function copyDatabase(from: string, to: string): void {
  const client = openReadOnly(from)
  try {
    client.run('pragma synchronous = off')
    client.run('vacuum into ?', [to])
  } finally {
    client.close()
  }
}

/** Moves the write-ahead log into the database file, so that the file alone is the complete database. */
export function gatherInOneFile(path: string): void {
  const client = new Database(path)
  try {
    const { busy } = client.query<{ busy: number }, []>('pragma wal_checkpoint(truncate)').get()!
    if (busy) throw new Error(`${path} is still in use.`)
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

/** Reads the whole database and reports damage and migrations that do not match this version. */
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

/**
 * Returns what to open to read a database without creating anything beside it. SQLite would create a log and an index
 * of it when nobody else has the database open. What a server that crashed left in its log is read from a copy.
 */
export function asFound(path: string, isServed: boolean): { path: string } & Disposable {
  if (isServed || !existsSync(path)) return { path, [Symbol.dispose]: () => {} }
  if (!statSync(`${path}-wal`, { throwIfNoEntry: false })?.size)
    return { path: `${Bun.pathToFileURL(path)}?immutable=1`, [Symbol.dispose]: () => {} }
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-read-'))
  for (const end of ['', '-wal']) copyFileSync(path + end, join(dir, `copy${end}`))
  return { path: join(dir, 'copy'), [Symbol.dispose]: () => rmSync(dir, { recursive: true }) }
}

/** Opens a database that is only read, by its path or by what `asFound` returned. */
export function openReadOnly(path: string): Database {
  if (path.startsWith('file:')) return new Database(path, constants.SQLITE_OPEN_READONLY | constants.SQLITE_OPEN_URI)
  if (!existsSync(path)) throw new Error(`There is no database at ${path}. Choose the data folder with --data.`)
  const client = new Database(path, { readonly: true })
  client.run('pragma busy_timeout = 5000')
  return client
}
