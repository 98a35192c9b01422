import type { Client } from 'pg'
import { BREAKING, postgresMigrations } from '../../../migrations'
import { type Migrations, refuseNewer, refuseOlder, stopwatch, type Trial, updateFailed, wouldFail } from '../migrating'
import { ask, connect, LISTENING, translate } from './client'
import { refuseUnfinished } from './moving'

/** The lock of the node that migrates, so that nodes that start together do not migrate twice. */
const MIGRATING = 7_077_102
const OLDEST = 160_000

/** Refuses a server whose promises are not those that the program relies on. */
export async function refuseUnfit(client: Client): Promise<void> {
  const show = async (name: string) => (await client.query(`show ${name}`).catch(translate)).rows[0][name] as string
  const version = await show('server_version')
  if (Number(await show('server_version_num')) < OLDEST)
    throw new Error(`This is PostgreSQL ${version}. Pinhole needs PostgreSQL 16 or newer.`)
  const encoding = await show('server_encoding')
  if (encoding !== 'UTF8')
    throw new Error(
      `The database stores text as ${encoding}. Pinhole needs a database in UTF-8: create one with ` +
        "create database pinhole template template0 encoding 'UTF8'.",
    )
}

/** Whether a community is in the database. */
export async function hasTables(url: string): Promise<boolean> {
  const client = await connect(url)
  try {
    return (await ask(client, "select to_regclass('migrations') is not null")).rows[0]?.[0] === true
  } finally {
    await client.end()
  }
}

/** Brings the schema up to date, or refuses an older one unless it `changes` it, and refuses a part of a community. */
export async function migrate(client: Client, changes: boolean): Promise<void> {
  await refuseUnfinished(client)
  await updateSchema(client, changes)
}

/** Brings the schema up to date where a copy may be unfinished, since it is `pinhole move` that does it. */
export async function updateSchema(
  client: Client,
  changes = true,
  { all = postgresMigrations, breaking = BREAKING } = {},
): Promise<void> {
  await client.query(`select pg_advisory_lock(${MIGRATING})`)
  try {
    if (changes) await client.query('create table if not exists migrations (name text primary key)')
    const { done, missing } = await migrationsOf(client, all)
    if (missing[0] && !changes) refuseOlder(missing[0][0])
    if (done.size && missing.some(([name]) => breaking.has(name))) await refuseBeside(client)
    if (missing.length) await applyMigrations(client, missing)
  } finally {
    await client.query(`select pg_advisory_unlock(${MIGRATING})`)
  }
}

/** The migrations that a database has, and those that it still needs. Refuses one of a newer version. */
async function migrationsOf(client: Client, all = postgresMigrations) {
  const done = new Set((await client.query('select name from migrations')).rows.map(({ name }) => name as string))
  refuseNewer(done, all)
  return { done, missing: all.filter(([name]) => !done.has(name)) }
}

/** Runs migrations in one transaction, so that the data is as before when one of them fails. */
async function applyMigrations(client: Client, missing: Migrations): Promise<void> {
  let current = ''
  try {
    await runAll(client, missing, (name) => {
      current = name
    })
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw updateFailed(current, error)
  }
}

/** Begins a transaction and runs migrations in it. */
async function runAll(client: Client, missing: Migrations, begins: (name: string) => void) {
  await client.query('begin')
  for (const [name, sql] of missing) {
    begins(name)
    await client.query(sql)
    await client.query('insert into migrations values ($1)', [name])
  }
}

/**
 * Runs the missing migrations in a transaction that is rolled back, as a start of this version would run them. They lock
 * tables, so they are not run while servers use the database, and then their times are unknown.
 */
export async function tryUpdate(url: string, all = postgresMigrations): Promise<Omit<Trial, 'bytes'>> {
  const client = await connect(url)
  const { steps, begins, end } = stopwatch()
  try {
    await refuseUnfit(client)
    await refuseUnfinished(client)
    const { missing } = await migrationsOf(client, all)
    if (await countServers(client)) return { migrations: missing.map(([name]) => ({ name, ms: null })), copyMs: 0 }
    await runAll(client, missing, begins)
    end()
    await client.query('rollback')
    return { migrations: steps, copyMs: 0 }
  } catch (error) {
    if (!steps.length) throw error
    await client.query('rollback')
    throw wouldFail(steps.at(-1)?.name, error)
  } finally {
    await client.end()
  }
}

/** Each server listens on one connection. */
async function countServers(client: Client): Promise<number> {
  const { rows } = await client.query(`select count(*) from pg_stat_activity
    where datname = current_database() and application_name = '${LISTENING}'`)
  return rows[0].count
}

/** Refuses to change the database while servers use it. */
async function refuseBeside(client: Client): Promise<void> {
  if (await countServers(client))
    throw new Error(
      'This version changes the database in a way that servers of the earlier version cannot work with. Stop all ' +
        'servers of the community, and start this one again.',
    )
}
