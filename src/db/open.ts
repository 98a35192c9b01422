import { Database } from 'bun:sqlite'
import type { Table } from 'drizzle-orm'
import type { BunSQLiteDatabase } from 'drizzle-orm/bun-sqlite'
import { migrations } from '../../migrations'
import { copyBeforeUpdate } from './before-update'
import { type Counter, memoryCounter } from './counters'
import { openDrizzle } from './engine'
import { createListeners, type Forget, type Hearer, type Listener } from './listeners'
import { type Migrations, refuseNewer, refuseOlder, updateFailed } from './migrating'
import { shareReads } from './reads'
import { createWrite, insideWrite, type Transactions, type Write } from './write'

/** The database as a function that only reads sees it. */
export type Reader = Pick<BunSQLiteDatabase, 'select' | 'selectDistinct' | '$count' | 'with' | '$with'>
/** The database inside a transaction. Only `write()` provides one. */
export type Tx = Reader & Pick<BunSQLiteDatabase, 'insert' | 'update' | 'delete'>

export type Store = {
  db: Reader
  write: Write<Tx>
  /**
   * The listener runs after every commit of this process that may have changed one of the tables, and within a second
   * after any commit of another process such as the command line. Without tables, it runs after every commit. A listener
   * must not wait for a write, because writes wait for listeners.
   */
  onChange(listener: Listener, tables?: readonly Table[]): Forget
  /**
   * The listener runs after a commit of this process with the messages said in it, in order. Change listeners have run
   * by then, so data cached in memory is up to date.
   */
  onSaid(listener: Hearer): Forget
  /** Makes a counter for a rate limit. */
  counter: (name: string, seconds: number) => Counter
  /** Whether other servers may use the same database at the same time. */
  isShared: boolean
  close(): void
}

export type StoreOptions = {
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

/** Opens the SQLite database in a file. */
export function openStore(
  path: string,
  { patienceMs = 5000, pollMs = 1000, migrates = true, onQuery, onPrepare }: StoreOptions = {},
): Store {
  const writer = new Database(path, { create: true })
  refuseOldEngine(writer)
  prepareWriter(writer)
  migrate(writer, migrates, path)
  // the server answers requests from here on, and waiting inside SQLite would block all of them
  writer.run('pragma busy_timeout = 20')
  // What a savepoint needs to undo its changes would otherwise be written to a file.
  writer.run('pragma temp_store = memory')
  const reader = new Database(path, { readonly: true })
  reader.run('pragma busy_timeout = 1000')
  const reads = shareReads(reader)

  const { changed, committed, onChange, onSaid } = createListeners()
  // commits of this connection do not raise it
  const foreign = writer.query<{ data_version: number }, []>('pragma data_version')
  let version = foreign.get()?.data_version
  const poll = setInterval(() => {
    const before = version
    version = foreign.get()?.data_version
    if (version === before) return
    reads.end() // those who are told read what was stored, not what this turn read before
    void changed({ foreign: true })
  }, pollMs)

  const beforeRead = (sql: string) => {
    reads.begin()
    onQuery?.(sql)
  }
  const beforeWrite = (sql: string) => {
    insideWrite(sql)
    // SQLite rolls a transaction back by itself when a disk is full, and would commit each statement after that alone.
    if (!writer.inTransaction) throw new Error('SQLite has rolled the transaction back.')
    onQuery?.(sql)
  }
  const tx = openDrizzle(writer, { logger: { logQuery: beforeWrite }, onPrepare })
  return {
    db: openDrizzle(reader, { logger: { logQuery: beforeRead }, onPrepare }),
    write: createWrite<Tx>(tx, transactionsOf(writer, { patienceMs, beforeCommit: reads.end }), committed),
    onChange,
    onSaid,
    counter: memoryCounter,
    isShared: false,
    close() {
      clearInterval(poll)
      reads.end()
      reader.close()
      writer.close()
    },
  }
}

/** Sets up a connection that writes. */
export function prepareWriter(writer: Database) {
  for (const pragma of ['busy_timeout = 5000', 'journal_mode = wal', 'synchronous = full', 'foreign_keys = on'])
    writer.run(`pragma ${pragma}`)
}

type Turns = { patienceMs: number; beforeCommit: () => void }

function transactionsOf(writer: Database, { patienceMs, beforeCommit }: Turns): Transactions {
  const run = (statement: string) => void writer.query(statement).run() // compiled once
  let flushes = 'now'
  return {
    run,
    commit() {
      beforeCommit()
      run('commit')
    },
    /** Waits while another process holds the lock. Waiting inside SQLite would block the whole server. */
    async begin(flush) {
      // SQLite obeys this pragma when it compiles it, so a statement that was compiled before would change nothing
      if (flush !== flushes) writer.run(`pragma synchronous = ${flush === 'now' ? 'full' : 'normal'}`)
      flushes = flush
      const until = Date.now() + patienceMs
      for (;;) {
        try {
          return run('begin immediate')
        } catch (error) {
          if ((error as { code?: string }).code !== 'SQLITE_BUSY' || Date.now() > until) throw error
        }
        await Bun.sleep(10)
      }
    },
  }
}

/** Before SQLite 3.51.3, a badly timed checkpoint could corrupt a database with a write-ahead log. */
function refuseOldEngine(db: Database) {
  const version = db.query<{ version: string }, []>('select sqlite_version() as version').get()!.version
  if (Bun.semver.order(version, '3.51.3') < 0)
    throw new Error(`SQLite ${version} can corrupt the database. Pinhole needs SQLite 3.51.3 or newer.`)
}

/**
 * Brings the schema up to date. All missing migrations run in one transaction, so that the data is as before when one of
 * them fails, and the database is copied before that.
 */
export function migrate(writer: Database, changes: boolean, path: string, all = migrations) {
  if (changes) writer.run('create table if not exists migrations (name text primary key)')
  const { done, missing } = migrationsOf(writer, all)
  const first = missing[0]?.[0]
  if (!first) return
  if (!changes) refuseOlder(first)
  const copy = done.size ? copyBeforeUpdate(writer, path, first) : undefined
  let current = first
  try {
    applyMigrations(writer, missing, (name) => {
      current = name
    })
  } catch (error) {
    throw updateFailed(current, error, copy)
  }
}

/** The migrations that a database has, and those that it still needs. Refuses one of a newer version. */
export function migrationsOf(db: Database, all = migrations): { done: Set<string>; missing: Migrations } {
  const names = db.query('select name from migrations').values()
  const done = new Set(names.map(([name]) => String(name)))
  refuseNewer(done, all)
  return { done, missing: all.filter(([name]) => !done.has(name)) }
}

/** Runs migrations in one transaction. `begins` is called before each of them. */
export function applyMigrations(writer: Database, missing: Migrations, begins: (name: string) => void) {
  writer.transaction(() => {
    for (const [name, sql] of missing) {
      begins(name)
      writer.run(sql)
      writer.run('insert into migrations values (?)', [name])
    }
  })()
}
