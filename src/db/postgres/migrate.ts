import type { Client } from 'pg'
import { BREAKING, postgresMigrations } from '../../../migrations'
import { type Migrations, refuseNewer, refuseOlder, updateFailed } from '../migrating'
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

/** The same where a copy may be unfinished. */
export async function updateSchema(
  client: Client,
  changes = true,
  { all = postgresMigrations, breaking = BREAKING } = {},
): Promise<void> {
  await client.query(`select pg_advisory_lock(${MIGRATING})`)
  try {
    if (changes) await client.query('create table if not exists migrations (name text primary key)')
    const done = new Set((await client.query('select name from migrations')).rows.map(({ name }) => name as string))
    refuseNewer(done, all)
    const missing = all.filter(([name]) => !done.has(name))
    if (missing[0] && !changes) refuseOlder(missing[0][0])
    if (done.size && missing.some(([name]) => breaking.has(name))) await refuseBeside(client)
    if (missing.length) await applyMigrations(client, missing)
  } finally {
    await client.query(`select pg_advisory_unlock(${MIGRATING})`)
  }
}

/** Runs migrations in one transaction, so that the data is as before when one of them fails. */
async function applyMigrations(client: Client, missing: Migrations): Promise<void> {
  let current = ''
  try {
    await client.query('begin')
    for (const [name, sql] of missing) {
      current = name
      await client.query(sql)
      await client.query('insert into migrations values ($1)', [name])
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw updateFailed(current, error)
  }
}

/** Refuses to change the database while servers use it, each of which listens on a connection. */
async function refuseBeside(client: Client): Promise<void> {
  const { rows } = await client.query(`select count(*) from pg_stat_activity
    where datname = current_database() and application_name = '${LISTENING}'`)
  if (rows[0].count > 0)
    throw new Error(
      'This version changes the database in a way that servers of the earlier version cannot work with. Stop all ' +
        'servers of the community, and start this one again.',
    )
}
