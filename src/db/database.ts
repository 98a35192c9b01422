import { join } from 'node:path'
import { openStore, type Store, type StoreOptions } from './open'

/** Where the rows are: on a PostgreSQL server, or in the data folder without one. */
export type Place = { dataDir: string; databaseUrl: string | undefined }

/** Opens the database. The driver of PostgreSQL is loaded only where it is used. */
export const openDatabase = async ({ dataDir, databaseUrl }: Place, options?: StoreOptions): Promise<Store> =>
  databaseUrl
    ? (await import('./postgres/open')).openPostgres(databaseUrl, options)
    : openStore(join(dataDir, 'pinhole.sqlite'), options)
