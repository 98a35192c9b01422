import { Client } from 'pg'
import { openPostgres } from '../../src/db/postgres/open'
import { type PostgresServer, startPostgres } from './server'

/**
 * Whether the tests run on PostgreSQL: `npm test -- --on postgres`, or TEST_ENGINE=postgres for `bun test`. Tests of
 * what only SQLite does, or only its files show, are skipped then: `test.skipIf(onPostgres)`.
 */
export const onPostgres = process.env.TEST_ENGINE === 'postgres'

let server: Promise<PostgresServer> | undefined
/** The server of this process, which ends with it. */
const ownServer = () => {
  server ??= startPostgres().then((started) => {
    process.on('exit', started.stopNow)
    return started
  })
  return server
}

let maker: Promise<Client> | undefined
let made = 0

/** A client of the server that makes databases, after it has made one with all tables to copy. */
async function makeTemplate(): Promise<Client> {
  const { url } = await ownServer()
  const client = new Client(url())
  client.on('error', () => {})
  await client.connect()
  await client.query('create database template_of_tests')
  ;(await openPostgres(url('template_of_tests'))).close()
  return client
}

/** The address of a new database with all tables. */
export async function freshDatabase(): Promise<string> {
  maker ??= makeTemplate()
  const client = await maker
  const name = `test_${++made}`
  await untilUnused(() => client.query(`create database ${name} template template_of_tests strategy file_copy`))
  return (await ownServer()).url(name)
}

/** The connections of who made the template close a moment later, and a template may have none. */
async function untilUnused(make: () => Promise<unknown>) {
  for (let tries = 0; ; tries++) {
    try {
      return await make()
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || tries > 200) throw error
    }
    await Bun.sleep(10)
  }
}

/** The databases of the data folders that tests made, for commands and for a second start on the same folder. */
const ofFolders = new Map<string, string>()
export const databaseOf = (dataDir: string): string | undefined => ofFolders.get(dataDir)
export const keepDatabase = (dataDir: string, url: string) => ofFolders.set(dataDir, url)

/** The settings with which servers and commands use a database. */
export const postgresEnv = (url: string) => ({
  PINHOLE_DATABASE_URL: url,
  PINHOLE_SECRET: 'a secret of the tests, which is long enough',
})

/** Deletes a database, also while it is in use. */
export async function dropDatabase(url: string): Promise<void> {
  await (await maker)?.query(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`)
}
