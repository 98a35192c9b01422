import { count, isNotNull, max } from 'drizzle-orm'
import { inspectDatabase } from '../../db/snapshot'
import { viewOf } from '../../db/view'
import { jobs } from '../../jobs/table'
import { tooFarAhead } from '../../jobs/wrong-clock'
import { sessions } from '../../sessions/table'
import { version } from '../../version'
import { type Check, type Finding, fail, ok, warn } from './finding'

export const database: Check = {
  name: 'database',
  async run({ database: { path, databaseUrl } }) {
    if (databaseUrl) return inspectPostgres(databaseUrl)
    const { engine, broken, orphans, missingMigrations, unknownMigrations } = inspectDatabase(path)
    return [
      Bun.semver.order(engine, '3.51.3') < 0
        ? fail('database', `SQLite ${engine} is out of date.`)
        : ok('database', `SQLite ${engine}.`),
      broken.length
        ? fail('database', `The database is damaged: ${broken.join('; ')}. Restore a backup.`)
        : ok('database', 'The database passes its integrity check.'),
      orphans
        ? fail('database', `${orphans} rows refer to rows that do not exist.`)
        : ok('database', 'All references between rows are valid.'),
      schema(missingMigrations, unknownMigrations),
    ]
  },
}

/** How far the clocks of this machine and of the database may be apart. */
const MOST_APART_MS = 2000

async function inspectPostgres(url: string): Promise<Finding[]> {
  const { inspectServer } = await import('../../db/postgres/inspect')
  const { version, careless, aheadMs, missingMigrations, unknownMigrations, servers } = await inspectServer(url)
  const apart = `The clock of the database is ${Math.abs(aheadMs)} ms ${aheadMs < 0 ? 'behind' : 'ahead of'} this one.`
  return [
    ok('database', `PostgreSQL ${version}, in use by ${servers} servers within the last minute.`),
    careless.length
      ? fail(
          'database',
          `The database may lose what people were told is stored when it crashes, since ${careless.join(' and ')} is off. ` +
            'Turn it on.',
        )
      : ok('database', 'The database waits for the disk before it says that something is stored.'),
    Math.abs(aheadMs) > MOST_APART_MS
      ? warn('clock', `${apart} Let all machines set their clocks by the network.`)
      : ok('clock', apart),
    schema(missingMigrations, unknownMigrations),
  ]
}

function schema(missing: string[], unknown: string[]) {
  if (unknown.length)
    return fail('schema', `A newer version of Pinhole wrote the database (${unknown.join(', ')}). Run that version.`)
  if (missing.length)
    return fail('schema', `The database needs an update (${missing.join(', ')}). Start the server once.`)
  return ok('schema', 'The schema is up to date.')
}

export const server: Check = {
  name: 'server',
  run({ server, config: { dataDir } }) {
    if (server.state === 'running') {
      const { pid, address, version: theirs } = server.facts
      const running = ok('server', `The server runs as process ${pid} at ${address}. Its settings are checked.`)
      if (theirs === version) return [running]
      return [running, warn('server', `The server runs version ${theirs}, but this is version ${version}. Restart it.`)]
    }
    if (server.state === 'none')
      return [
        warn(
          'server',
          `No server runs on ${dataDir}, so its settings are unknown. Those of this command are checked instead.`,
        ),
      ]
    const { pid, address } = server.owner
    return [
      fail(
        'server',
        `Process ${pid}${address ? ` at ${address}` : ''} does not answer: ${server.reason} Its settings are unknown. ` +
          'If this continues, restart the server.',
      ),
    ]
  },
}

export const deadJobs: Check = {
  name: 'jobs',
  async run({ database }) {
    await using source = await viewOf(database)
    const dead = await source.db.$count(jobs, isNotNull(jobs.diedAt))
    const ahead = await source.db
      .select({ kind: jobs.kind, count: count(), last: max(jobs.dueAt) })
      .from(jobs)
      .where(tooFarAhead(new Date()))
      .groupBy(jobs.kind)
    const stuck = ahead.map(({ kind, count, last }) => `${count} × ${kind} until ${last?.toISOString()}`)
    return [
      ...(stuck.length
        ? [
            fail(
              'jobs',
              `Jobs were put off too far, because the clock was ahead: ${stuck.join(', ')}. Restart the server to run them.`,
            ),
          ]
        : []),
      dead
        ? warn('jobs', `${dead} jobs failed. See the staff page /admin/jobs to try them again.`)
        : ok('jobs', 'No job has failed.'),
    ]
  },
}

/**
 * Detects a clock that is or was wrong by comparing it with times in the database, without a network request. The
 * comparison cannot tell which of the two is right.
 */
export const clock: Check = {
  name: 'clock',
  async run({ database }) {
    await using source = await viewOf(database)
    const [row] = await source.db.select({ last: max(sessions.lastSeenAt) }).from(sessions)
    const now = new Date()
    if (now.getUTCFullYear() < 2026)
      return [
        fail('clock', `The clock says ${now.toISOString()}. Set it correctly, since links and sessions depend on it.`),
      ]
    if (row?.last && +row.last > +now + 60_000)
      return [
        warn(
          'clock',
          `The clock says ${now.toISOString()}, but the database says that somebody used the server at ` +
            `${row.last.toISOString()}. If the clock is right, restart the server, which corrects such times. ` +
            'Otherwise set the clock.',
        ),
      ]
    return [ok('clock', `The clock says ${now.toISOString()}.`)]
  },
}
