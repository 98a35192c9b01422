import { Database } from 'bun:sqlite'
import { type BunSQLiteDatabase, drizzle } from 'drizzle-orm/bun-sqlite'
import { migrations } from '../../migrations'
import { log } from '../log'
import { createWrite, insideWrite, type Write } from './write'

/** What a function that only reads may do. */
export type Reader = Pick<BunSQLiteDatabase, 'select' | 'selectDistinct' | '$count' | 'with' | '$with'>
/** What a function that writes needs; only `write()` hands one out. */
export type Tx = Reader & Pick<BunSQLiteDatabase, 'insert' | 'update' | 'delete'>

/** Ends the listening. */
type Forget = () => void

/** `foreign`: another process wrote, and what, nobody said. */
type Listener = (change: { foreign: boolean }) => void | Promise<void>

export type Store = {
  db: Reader
  write: Write<Tx>
  /** Called after every commit of ours, and within a second after one of another process (the command line writes, too). */
  onChange(listener: Listener): Forget
  /** Called after a commit of ours with what was to be told then, in order; what is kept in memory knows of it already. */
  onSaid(listener: (said: object[]) => void): Forget
  close(): void
}

type Options = {
  /** How long a write waits for a lock of another process. */
  patienceMs?: number
  /** How often to look for changes by other processes. */
  pollMs?: number
  /** Called with the SQL of every query, so that tests can count them. */
  onQuery?: (sql: string) => void
}

export function openStore(path: string, { patienceMs = 5000, pollMs = 1000, onQuery }: Options = {}): Store {
  const writer = new Database(path, { create: true })
  refuseOldEngine(writer)
  for (const pragma of ['busy_timeout = 5000', 'journal_mode = wal', 'synchronous = full', 'foreign_keys = on'])
    writer.run(`pragma ${pragma}`)
  migrate(writer)
  writer.run('pragma busy_timeout = 20') // from here on the server is answering, and a busy engine would stop it
  const reader = new Database(path, { readonly: true })
  reader.run('pragma busy_timeout = 1000')

  const listeners = new Set<Listener>()
  const hearers = new Set<(said: object[]) => void>()
  const changed = async (foreign: boolean) => {
    for (const listener of listeners)
      await Promise.try(listener, { foreign }).catch((error) =>
        log.error('A change was not taken notice of', { error }),
      )
  }
  const committed = async (said: object[]) => {
    await changed(false)
    if (said.length) for (const hear of hearers) hear(said)
  }
  const foreign = writer.query<{ data_version: number }, []>('pragma data_version') // our own commits do not raise it
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
  const tx = drizzle({ client: writer, casing: 'snake_case', logger: { logQuery } })
  return {
    db: drizzle({ client: reader, casing: 'snake_case', ...(onQuery && { logger: { logQuery: onQuery } }) }),
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

/** Before 3.51.3 a checkpoint at the wrong moment could corrupt a database with a write-ahead log. */
function refuseOldEngine(db: Database) {
  const version = db.query<{ version: string }, []>('select sqlite_version() as version').get()!.version
  if (Bun.semver.order(version, '3.51.3') < 0)
    throw new Error(`SQLite ${version} may corrupt the database. 3.51.3 or newer is needed.`)
}

function migrate(writer: Database) {
  writer.run('create table if not exists migrations (name text primary key)')
  const done = new Set(
    writer
      .query('select name from migrations')
      .values()
      .map(([name]) => name),
  )
  const newer = [...done].find((name) => !migrations.some(([known]) => known === name))
  if (newer)
    throw new Error(
      `This data was written by a newer Pinhole (${newer}). Start that one, or restore a backup from before.`,
    )
  for (const [name, sql] of migrations) {
    if (done.has(name)) continue
    writer.transaction(() => {
      writer.run(sql)
      writer.run('insert into migrations values (?)', [name])
    })()
  }
}
