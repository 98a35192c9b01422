import type { Database } from 'bun:sqlite'
import { mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { log } from '../log'

/** Copies of the database from before updates, in the data folder. */
const FOLDER = 'before-updates'
const KEPT = 3

/**
 * Copies the database before an update changes it, so that an older version can be started again with the copy. It
 * replaces the copy of an earlier attempt, so that a start that fails again and again does not push out the older copies.
 * Returns its path. Throws when there is no room for it, and then nothing has changed.
 */
export function copyBeforeUpdate(db: Database, path: string, first: string, now = new Date()): string {
  const dir = join(dirname(path), FOLDER)
  const { size } = statSync(path)
  const { bavail, bsize } = statfsSync(dirname(path))
  if (bavail * bsize < 2 * size)
    throw new Error(
      `The database has to be updated, and there is no room for a copy of it (${Math.ceil(size / 1e6)} MB) beside it. ` +
        'Nothing was changed. Free some space and start again.',
    )
  mkdirSync(dir, { recursive: true })
  const end = `-before-${first}.sqlite`
  const copy = join(dir, now.toISOString().replace(/[:.]/g, '-') + end)
  rmSync(`${copy}.part`, { force: true })
  db.run('vacuum into ?', [`${copy}.part`])
  renameSync(`${copy}.part`, copy)
  const others = readdirSync(dir).filter((name) => join(dir, name) !== copy)
  const attempts = others.filter((name) => name.endsWith(end))
  const older = others.filter((name) => !attempts.includes(name)).sort()
  for (const old of [...attempts, ...older.slice(0, 1 - KEPT)]) rmSync(join(dir, old))
  log.info('The database was copied before its update', { first, copy })
  return copy
}
