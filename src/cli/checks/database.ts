import { join } from 'node:path'
import { isNotNull, max } from 'drizzle-orm'
import { findOwner } from '../../db/lock'
import { inspectDatabase, openReader } from '../../db/snapshot'
import { jobs } from '../../jobs/table'
import { sessions } from '../../sessions/table'
import { DATABASE } from '../archive/format'
import { type Check, fail, ok, warn } from './finding'

export const database: Check = {
  name: 'database',
  run({ dataDir }) {
    const { engine, broken, orphans, missingMigrations, unknownMigrations } = inspectDatabase(join(dataDir, DATABASE))
    return [
      Bun.semver.order(engine, '3.51.3') < 0
        ? fail('database', `SQLite ${engine} is too old.`)
        : ok('database', `SQLite ${engine}.`),
      broken.length
        ? fail('database', `It is damaged: ${broken.join('; ')}. Restore a backup.`)
        : ok('database', 'All its pages are sound.'),
      orphans
        ? fail('database', `${orphans} rows belong to nothing.`)
        : ok('database', 'All its rows belong together.'),
      schema(missingMigrations, unknownMigrations),
    ]
  },
}

function schema(missing: string[], unknown: string[]) {
  if (unknown.length) return fail('schema', `A newer Pinhole wrote it (${unknown.join(', ')}). Run that one.`)
  if (missing.length)
    return fail('schema', `It is of an older Pinhole (${missing.join(', ')} is missing). Start the server once.`)
  return ok('schema', 'Up to date.')
}

export const server: Check = {
  name: 'server',
  run({ dataDir }) {
    const owner = findOwner(dataDir)
    return [
      ok(
        'server',
        owner ? `Running as process ${owner.pid}${owner.address ? ` at ${owner.address}` : ''}.` : 'Not running.',
      ),
    ]
  },
}

export const deadJobs: Check = {
  name: 'jobs',
  async run({ dataDir }) {
    using source = openReader(join(dataDir, DATABASE))
    const dead = await source.db.$count(jobs, isNotNull(jobs.diedAt))
    return [
      dead
        ? warn('jobs', `${dead} gave up. Look at the staff page /admin/jobs, and try them again there.`)
        : ok('jobs', 'None gave up.'),
    ]
  },
}

/** Without asking the net: a clock that went back is behind what was written already. */
export const clock: Check = {
  name: 'clock',
  async run({ dataDir }) {
    using source = openReader(join(dataDir, DATABASE))
    const [row] = await source.db.select({ last: max(sessions.lastSeenAt) }).from(sessions)
    const now = new Date()
    if (now.getUTCFullYear() < 2026)
      return [fail('clock', `It says ${now.toISOString()}. Set it: links and sessions depend on it.`)]
    if (row?.last && +row.last > +now + 60_000)
      return [fail('clock', `It says ${now.toISOString()}, but somebody was here at ${row.last.toISOString()}.`)]
    return [ok('clock', `It says ${now.toISOString()}.`)]
  },
}
