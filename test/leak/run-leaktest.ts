import { Database } from 'bun:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { createApp } from '../../src/app'
import { readConfig } from '../../src/config'
import type { App, Env } from '../../src/context'
import { copyDatabase } from '../../src/db/snapshot'
import { findLeaks, type LeakReport, type Way } from '../../src/leaktest/run'
import { folderStorage } from '../../src/media/folder-storage'
import { openApp } from '../../src/open-app'

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
  const databasePath = join(dataDir, 'pinhole.sqlite')
  const storage = folderStorage(join(dir, 'media'))
  const config = readConfig({ data: dataDir }, { ...env, PINHOLE_RATE_LIMITS: 'off' })
  let times = 0
  try {
    copyDatabase(join(dir, 'pinhole.sqlite'), databasePath)
    const open = async (now: () => Date) => {
      const app = { ...(await openApp(config, now)), storage }
      return ++times === 1 && !early ? app : { ...app, ...(await part?.(app, dataDir)) }
    }
    const broken = (app: App) => {
      if (sql) {
        using database = new Database(databasePath)
        database.run(sql)
      }
      return front ? front(createApp(app)) : createApp(app)
    }
    return await findLeaks({
      databasePath,
      storage,
      open,
      createApp: broken,
      ...(ways && { ways }),
      stopAtFirst: ways?.[0] === 'doors',
    })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
