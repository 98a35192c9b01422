import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { createApp } from '../../src/app'
import { readConfig } from '../../src/config'
import type { App, Env } from '../../src/context'
import { copyRows } from '../../src/db/copy'
import type { Place } from '../../src/db/database'
import { copyToPostgres } from '../../src/db/postgres/copy'
import { findLeaks, type LeakReport, type Way } from '../../src/leaktest/run'
import { folderStorage } from '../../src/media/folder-storage'
import { openApp } from '../../src/open-app'
import { openBeside } from '../harness'
import { databaseOf, dropDatabase, freshDatabase, postgresEnv } from '../postgres/databases'

/**
 * A deliberate fault: rows that differ between the server and the rules it is tested by, or a careless part of the
 * program.
 */
export type Fault = {
  sql?: string
  part?: (app: App, dataDir: string) => Partial<App> | Promise<Partial<App>>
  /** A careless layer in front of the program. */
  front?: (hono: Hono<Env>) => Hono<Env>
  /** Whether the fault is there from the start, instead of after the people and rules were read. */
  early?: true
}

/** Runs the leak test as the command does, on a copy of `dir`, with a fault in the tested program. */
export async function runLeaktest(
  dir: string,
  env: Record<string, string> = {},
  { sql, part, front, early }: Fault = {},
  ways?: Way[],
): Promise<LeakReport> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  const storage = folderStorage(join(dir, 'media'))
  const place = await copyOf({ dataDir: dir, databaseUrl: databaseOf(dir) }, dataDir)
  const engine = place.databaseUrl ? postgresEnv(place.databaseUrl) : {}
  const config = readConfig({ data: dataDir }, { ...engine, ...env, PINHOLE_RATE_LIMITS: 'off' })
  let times = 0
  try {
    const open = async (now: () => Date) => {
      const app = { ...(await openApp(config, now)), storage }
      return ++times === 1 && !early ? app : { ...app, ...(await part?.(app, dataDir)) }
    }
    const broken = (app: App) => {
      if (sql) {
        using database = openBeside(place)
        database.run(sql)
      }
      return front ? front(createApp(app)) : createApp(app)
    }
    return await findLeaks({
      place,
      storage,
      open,
      createApp: broken,
      ...(ways && { ways }),
      stopAtFirst: ways?.[0] === 'doors',
    })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
    if (place.databaseUrl) await dropDatabase(place.databaseUrl)
  }
}

/** Copies the database into the folder, or into one on the same server. */
async function copyOf(from: Place, dataDir: string): Promise<Place> {
  const path = join(dataDir, 'pinhole.sqlite')
  await copyRows(from, path)
  if (!from.databaseUrl) return { dataDir, databaseUrl: undefined }
  const databaseUrl = await freshDatabase()
  await copyToPostgres(path, databaseUrl)
  return { dataDir, databaseUrl }
}
