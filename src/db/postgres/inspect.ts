import { postgresMigrations } from '../../../migrations'
import { connect, lineOf } from './client'

export type ServerReport = {
  version: string
  /** Settings with which the server may lose what it said was stored, when it crashes. */
  careless: string[]
  /** How far the clock of the database is ahead of ours, in milliseconds. */
  aheadMs: number
  missingMigrations: string[]
  unknownMigrations: string[]
  /** How many servers wrote within the last minute. */
  servers: number
}

/** Settings that must be on so that a commit survives a crash of the database server. */
const CAREFUL = ['fsync', 'full_page_writes', 'synchronous_commit']

/** Looks at the PostgreSQL server and at the state of the schema. */
export async function inspectServer(url: string): Promise<ServerReport> {
  const client = await connect(url)
  try {
    const rows = async (sql: string, values?: unknown[]) => (await lineOf(client).query(sql, values)).rows
    const settings = await rows('select name, setting from pg_settings where name = any($1) order by 1', [CAREFUL])
    const done = (await rows('select name from migrations')).map(([name]) => String(name))
    const known = postgresMigrations.map(([name]) => name)
    const before = Date.now()
    const [[version, now] = []] = await rows(
      `select current_setting('server_version'), extract(epoch from clock_timestamp()) * 1000`,
    )
    const [[servers] = []] = await rows('select count(*) from nodes where at > $1', [Date.now() - 60_000])
    return {
      version: String(version),
      careless: settings.filter(([, value]) => value === 'off').map(([name]) => String(name)),
      aheadMs: Math.round(Number(now) - (before + Date.now()) / 2),
      missingMigrations: known.filter((name) => !done.includes(name)),
      unknownMigrations: done.filter((name) => !known.includes(name)),
      servers: Number(servers),
    }
  } finally {
    await client.end()
  }
}
