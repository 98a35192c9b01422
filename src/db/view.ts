import { join } from 'node:path'
import type { Place } from './database'
import type { Reader } from './open'
import { openReader, openSnapshot } from './snapshot'

type View = { db: Reader } & AsyncDisposable

/** Opens the database read-only while its server keeps running. It migrates nothing and writes nothing. */
export const openView = async ({ dataDir, databaseUrl }: Place): Promise<View> =>
  databaseUrl
    ? (await import('./postgres/view')).openView(databaseUrl)
    : later(openReader(join(dataDir, 'pinhole.sqlite')))

/**
 * Opens a read-only view of a single moment: later writes of the server stay invisible. Close it soon, because the
 * database keeps what was deleted since as long as it is open.
 */
export const openMoment = async ({ dataDir, databaseUrl }: Place): Promise<View> =>
  databaseUrl
    ? (await import('./postgres/view')).openMoment(databaseUrl)
    : later(openSnapshot(join(dataDir, 'pinhole.sqlite')))

/** Opens the database read-only, where a SQLite database may be at another path than that of the data folder. */
export const viewOf = async ({ path, databaseUrl, dataDir }: Place & { path: string }): Promise<View> =>
  databaseUrl ? openView({ dataDir, databaseUrl }) : later(openReader(path))

const later = (view: { db: Reader } & Disposable): View => ({
  db: view.db,
  [Symbol.asyncDispose]: async () => view[Symbol.dispose](),
})
