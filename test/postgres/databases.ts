import { postgresMigrations } from '../../migrations'
import { connect, lineOf, type OneLine } from '../../src/db/postgres/client'
import { openPostgres } from '../../src/db/postgres/open'
import { type PostgresServer, startPostgres } from './server'

/**
 * Whether the tests run on PostgreSQL: `npm test -- --on postgres`, or TEST_ENGINE=postgres for `bun test`. Tests of
 * what only SQLite does, or only its files show, are skipped then: `test.skipIf(onPostgres)`.
 */
export const onPostgres = process.env.TEST_ENGINE === 'postgres'

const TEMPLATE = `template_${Bun.hash(String(postgresMigrations)).toString(36)}`
/** The lock of the process that makes the template. */
const MAKING = 1

/** The address of a database on a server that the tests may fill with others. */
const serverUrl = async (): Promise<string> => process.env.TEST_POSTGRES ?? (await ownServer()).url()

let server: Promise<PostgresServer> | undefined
/** The server of this process, which ends with it. `npm test` starts one for all processes instead. */
function ownServer() {
  server ??= startPostgres().then((started) => {
    process.on('exit', started.stopNow)
    return started
  })
  return server
}

const urlOf = async (name: string) => Object.assign(new URL(await serverUrl()), { pathname: `/${name}` }).href

let maker: Promise<OneLine> | undefined

/**
 * A connection that makes databases, after one with all tables to copy is there. A test begins while the database of the
 * one before is still being deleted, so what is asked meanwhile waits.
 */
async function connectMaker(): Promise<OneLine> {
  const line = lineOf(await connect(await serverUrl()))
  await line.query(`select pg_advisory_lock(${MAKING})`)
  if (!(await line.query('select from pg_database where datname = $1', [TEMPLATE])).rowCount) {
    await line.run(`create database ${TEMPLATE}`)
    ;(await openPostgres(await urlOf(TEMPLATE))).close()
  }
  await line.query(`select pg_advisory_unlock(${MAKING})`)
  return line
}

async function make(how: string): Promise<string> {
  maker ??= connectMaker()
  const line = await maker
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`
  await untilUnused(() => line.run(`create database ${name} ${how}`))
  return urlOf(name)
}

/** The address of a new database with all tables. */
export const freshDatabase = () => make(`template ${TEMPLATE} strategy file_copy`)
/** The address of a new database without any. */
export const emptyDatabase = () => make('')

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
  await (await maker)?.run(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`)
}
