import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Place } from './database'
import { copyDatabase } from './snapshot'

/** Copies the rows as they are at one moment into a new SQLite database, while servers keep writing. */
export async function copyRows({ dataDir, databaseUrl }: Place, to: string): Promise<void> {
  if (databaseUrl) await (await import('./postgres/copy')).copyToSqlite(databaseUrl, to)
  else copyDatabase(join(dataDir, 'pinhole.sqlite'), to)
}

/** The bytes that the rows take now. */
export async function sizeOf({ dataDir, databaseUrl }: Place): Promise<number> {
  if (databaseUrl) return (await import('./postgres/copy')).databaseSize(databaseUrl)
  return statSync(join(dataDir, 'pinhole.sqlite')).size
}
