import { Database } from 'bun:sqlite'
import { type BunSQLiteDatabase, drizzle } from 'drizzle-orm/bun-sqlite'
import { migrations } from '../../migrations'
import { createWrite, insideWrite, type Write } from './write'

/** What a function that only reads may do. */
export type Reader = Pick<BunSQLiteDatabase, 'select' | 'selectDistinct' | '$count' | 'with' | '$with'>
/** What a function that writes needs; only `write()` hands one out. */
export type Tx = Reader & Pick<BunSQLiteDatabase, 'insert' | 'update' | 'delete'>

export type Store = {
  db: Reader
  write: Write<Tx>
  /** Called after every commit of ours, and within a second after one of another process (the command line writes, too). */
  onChange(listener: () => void | Promise<void>): void
  close(): void
}

export function openStore(path: string, { patienceMs = 5000, pollMs = 1000 } = {}): Store {
  const writer = new Database(path, { create: true })
  for (const pragma of ['busy_timeout = 5000', 'journal_mode = wal', 'synchronous = full', 'foreign_keys = on'])
    writer.run(`pragma ${pragma}`)
  migrate(writer)
  writer.run('pragma busy_timeout = 20') // from here on the server is answering, and a busy engine would stop it
  const reader = new Database(path, { readonly: true })
  reader.run('pragma busy_timeout = 1000')

  const listeners: (() => void | Promise<void>)[] = []
  const changed = async () => {
    for (const listener of listeners) await Promise.try(listener).catch(console.error)
  }
  const foreign = writer.query<{ data_version: number }, []>('pragma data_version') // our own commits do not raise it
  let version = foreign.get()?.data_version
  const poll = setInterval(() => {
    if (version !== (version = foreign.get()?.data_version)) void changed()
  }, pollMs)

  const tx = drizzle({ client: writer, casing: 'snake_case', logger: { logQuery: insideWrite } })
  return {
    db: drizzle({ client: reader, casing: 'snake_case' }),
    write: createWrite<Tx>(tx, (statement) => void writer.run(statement), changed, patienceMs),
    onChange: (listener) => void listeners.push(listener),
    close() {
      clearInterval(poll)
      reader.close()
      writer.close()
    },
  }
}

function migrate(writer: Database) {
  writer.run('create table if not exists migrations (name text primary key)')
  const done = new Set(
    writer
      .query('select name from migrations')
      .values()
      .map(([name]) => name),
  )
  for (const [name, sql] of migrations) {
    if (done.has(name)) continue
    writer.transaction(() => {
      writer.run(sql)
      writer.run('insert into migrations values (?)', [name])
    })()
  }
}
