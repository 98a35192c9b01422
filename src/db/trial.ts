import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import { stopwatch, type Trial, wouldFail } from './migrating'
import { applyMigrations, migrationsOf, prepareWriter } from './open'
import { copyDatabase, openReadOnly } from './snapshot'

/** The migrations that a start of this version would run, and the size of the database that it would copy before. */
export function neededUpdate(path: string): { missing: string[]; bytes: number } {
  const client = openReadOnly(path)
  try {
    const pages = client.query<{ bytes: number }, []>(
      'select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()',
    )
    return { missing: migrationsOf(client).missing.map(([name]) => name), bytes: pages.get()!.bytes }
  } finally {
    client.close()
  }
}

/**
 * Copies a database into a folder and updates the copy exactly as a start of this version would update the original.
 * Throws when a migration fails.
 */
export function tryUpdate(path: string, dir: string): Omit<Trial, 'bytes'> {
  const copy = join(dir, 'pinhole.sqlite')
  const begin = performance.now()
  copyDatabase(path, copy)
  const copyMs = performance.now() - begin
  const { steps, begins, end } = stopwatch()
  const db = new Database(copy)
  try {
    prepareWriter(db)
    applyMigrations(db, migrationsOf(db).missing, begins)
    end()
    return { migrations: steps, copyMs }
  } catch (error) {
    throw wouldFail(steps.at(-1)?.name, error)
  } finally {
    db.close()
  }
}
