import { Database } from 'bun:sqlite'
import type { BunSQLiteDatabase } from 'drizzle-orm/bun-sqlite'
import { migrations } from '../../migrations'
import { log } from '../log'
import { openDrizzle } from './engine'
import { createWrite, insideWrite, type Write } from './write'

/** The database as a function that only reads sees it. */
export type Reader = Pick<BunSQLiteDatabase, 'select' | 'selectDistinct' | '$count' | 'with' | '$with'>
/** The database inside a transaction. Only `write()` provides one. */
export type Tx = Reader & Pick<BunSQLiteDatabase, 'insert' | 'update' | 'delete'>

/** Removes the listener. */
type Forget = () => void

/** `foreign` means that another process committed; what it changed is unknown. */
type Listener = (change: { foreign: boolean }) => void | Promise<void>

export type Store = {
  db: Reader
  write: Write<Tx>
  /**
   * The listener runs after every commit of this process, and within a second after a commit of another process such as
   * the command line.
   */
  onChange(listener: Listener): Forget
  /**
   * The listener runs after a commit of this process with the messages said in it, in order. Change listeners have run
   * by then, so data cached in memory is up to date.
   */
  onSaid(listener: (said: object[]) => void): Forget
  close(): void
}

type Options = {
  /** How long a write waits for a lock of another process. */
  patienceMs?: number
  /** How often to look for changes by other processes. */
  pollMs?: number
  /** Whether to bring an older schema up to date, which is the default; otherwise an older schema is refused. */
  migrates?: boolean
  /** Called with the SQL of every query, so that tests can count them. */
  onQuery?: (sql: string) => void
  /** Called with the SQL of every query that is built, so that tests can tell whether it is built again and again. */
  onPrepare?: (sql: string) => void
}

export function openStore(
  path: string,
  { patienceMs = 5000, pollMs = 1000, migrates = true, onQuery, onPrepare }: Options = {},
): Store {
  const writer = new Database(path, { create: true })
  refuseOldEngine(writer)
  for (const pragma of ['busy_timeout = 5000', 'journal_mode = wal', 'synchronous = full', 'foreign_keys = on'])
    writer.run(`pragma ${pragma}`)
  migrate(writer, migrates)
  // the server answers requests from here on, and waiting inside SQLite would block all of them
  writer.run('pragma busy_timeout = 20')
  const reader = new Database(path, { readonly: true })
  reader.run('pragma busy_timeout = 1000')

  const listeners = new Set<Listener>()
  const hearers = new Set<(said: object[]) => void>()
  const changed = async (foreign: boolean) => {
    for (const listener of listeners)
      await Promise.try(listener, { foreign }).catch((error) => log.error('A change listener failed', { error }))
  }
  const committed = async (said: object[]) => {
    await changed(false)
    if (said.length) for (const hear of hearers) hear(said)
  }
  // commits of this connection do not raise it
  const foreign = writer.query<{ data_version: number }, []>('pragma data_version')
  let version = foreign.get()?.data_version
  const poll = setInterval(() => {
    const before = version
    version = foreign.get()?.data_version
    if (version !== before) void changed(true)
  }, pollMs)

  const logQuery = (sql: string) => {
    insideWrite()
    onQuery?.(sql)
  }
  const tx = openDrizzle(writer, { logger: { logQuery }, onPrepare })
  return {
    db: openDrizzle(reader, { logger: onQuery && { logQuery: onQuery }, onPrepare }),
    write: createWrite<Tx>(tx, (statement) => void writer.run(statement), committed, patienceMs),
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    onSaid(hear) {
      hearers.add(hear)
      return () => void hearers.delete(hear)
    },
    close() {
      clearInterval(poll)
      reader.close()
      writer.close()
    },
  }
}

/** Before SQLite 3.51.3, a badly timed checkpoint could corrupt a database with a write-ahead log. */
function refuseOldEngine(db: Database) {
  const version = db.query<{ version: string }, []>('select sqlite_version() as version').get()!.version
  if (Bun.semver.order(version, '3.51.3') < 0)
    throw new Error(`SQLite ${version} can corrupt the database. Pinhole needs SQLite 3.51.3 or newer.`)
}

function migrate(writer: Database, changes: boolean) {
  if (changes) writer.run('create table if not exists migrations (name text primary key)')
  const done = new Set(
    writer
      .query('select name from migrations')
      .values()
      .map(([name]) => name),
  )
  const newer = [...done].find((name) => !migrations.some(([known]) => known === name))
  if (newer)
    throw new Error(
      `This data was written by a newer version of Pinhole (${newer}). ` +
        'Start that version, or restore a backup made before the upgrade.',
    )
  for (const [name, sql] of migrations) {
    if (done.has(name)) continue
    if (!changes)
      throw new Error(
        `This version of Pinhole needs to update the database first (${name}). Restart the server with this version, ` +
          'or run the command with the version that the server has.',
      )
    writer.transaction(() => {
      writer.run(sql)
      writer.run('insert into migrations values (?)', [name])
    })()
  }
}
