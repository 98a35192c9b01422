import type { Database } from 'bun:sqlite'
import type { Client } from 'pg'
import { translate } from './client'

/** The lock of the process that copies into a database. */
const COPYING = 7_077_103
/** How long to wait for a process that was killed, whose connection the server still has to notice. */
const PATIENCE_MS = 20_000

/**
 * How far a copy is. As long as it is unfinished, the target has a table with this, so that it goes on after it was
 * interrupted, and no server starts on a part of a community.
 */
export type Progress = {
  /** Whether there is a part of this copy already. */
  goesOn: boolean
  /** How many rows of each table are there. */
  rows: Map<string, number>
}

/** Both engines understand this. */
const TABLE = 'create table moving (name text primary key, rows bigint not null)'
const PUT = 'on conflict (name) do update set rows = excluded.rows'
/** The name of a row says in which state the source was when the copy began. */
const SOURCE = 'state of the source: '

function read(rows: { name: string; rows: unknown }[], source: string): Progress | null {
  if (!rows.some(({ name }) => name === SOURCE + source)) return null
  return { goesOn: true, rows: new Map(rows.map(({ name, rows }) => [name, Number(rows)])) }
}

/** Throws when the database holds only a part of a community, since `pinhole move` was interrupted. */
export const refuseUnfinished = async (client: Client): Promise<void> => {
  const { rows } = await client.query(`select to_regclass('moving') is not null as found`).catch(translate)
  if (rows[0].found)
    throw new Error('A copy into this database has not finished. Run pinhole move again, which goes on with it.')
}

/** Begins a copy into an empty database, or goes on with one. When its source has changed, it begins again. */
export async function beginInPostgres(
  client: Client,
  source: string,
  tables: string[],
  beginsAgain: () => void,
): Promise<Progress> {
  await client.query(`set lock_timeout = ${PATIENCE_MS}`)
  await client.query(`select pg_advisory_lock(${COPYING})`).catch(translate)
  const { rows } = await client.query(`select to_regclass('moving') is not null as found`)
  if (rows[0].found) {
    const progress = read((await client.query('select * from moving')).rows, source)
    if (progress) return progress
    beginsAgain()
    // nobody may delete what the staff did, except where it is only a copy that was never used
    const [unlock, lock] = ['disable', 'enable'].map((how) =>
      tables.map((name) => `alter table ${name} ${how} trigger user`).join('; '),
    )
    await client.query(
      `begin; ${unlock}; truncate ${tables.join(', ')} restart identity cascade; ${lock}; drop table moving; commit`,
    )
  }
  if ((await client.query('select from users limit 1')).rowCount)
    throw new Error('There is a community in the PostgreSQL database already. Choose an empty one.')
  await client.query(`begin; ${TABLE}; insert into moving values ('${SOURCE}${source}', 0); commit`)
  return { goesOn: false, rows: new Map() }
}

/** Notes, in the transaction that stores them, how many rows of a table are there. */
export const keepInPostgres = (client: Client, name: string, rows: number) =>
  client.query(`insert into moving values ($1, $2) ${PUT}`, [name, rows])

/** Returns null when the file holds a copy of another state of the source. */
export function beginInSqlite(db: Database, source: string): Progress | null {
  const isThere = db.query("select 1 from sqlite_schema where name = 'moving'").get()
  if (isThere) return read(db.query('select * from moving').all() as never, source)
  if (db.query('select 1 from users limit 1').get()) return null // it was interrupted when it had just finished
  db.transaction(() => {
    db.run(TABLE)
    db.run('insert into moving values (?, 0)', [SOURCE + source])
  })()
  return { goesOn: false, rows: new Map() }
}

/** Notes, in the transaction that stores them, how many rows of a table are there. */
export const keepInSqlite = (db: Database, name: string, rows: number) =>
  db.run(`insert into moving values (?, ?) ${PUT}`, [name, rows])
