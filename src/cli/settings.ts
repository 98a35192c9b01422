import { accessSync, constants, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Config, dataDirOf, readConfig } from '../config'
import type { Place } from '../db/database'
import { DATABASE } from './archive/format'
import { askServer, type ServerState } from './control'

type Given = Record<string, string | undefined>

/** The settings of a command, and the server that it asked for them. */
export type Scene = { config: Config; server: ServerState }

/**
 * Reads the settings for a command that is not the server itself. The settings of a running server take precedence over
 * the environment of the command, which is usually another one.
 */
export async function settingsOfServer(flags: Given, env: Given): Promise<Scene> {
  const dataDir = dataDirOf(flags, env)
  const server = isReachable(dataDir) ? await askServer(dataDir) : ({ state: 'none' } as const)
  if (server.state !== 'running') return { config: readConfig(flags, env), server }
  const { environment } = server.facts
  return { config: readConfig({ data: dataDir }, readableHere(environment)), server }
}

/** Refuses a place without a community, so that no command makes one by accident. */
export async function refuseEmpty({ dataDir, databaseUrl }: Place): Promise<void> {
  if (databaseUrl) return refuseEmptyDatabase(databaseUrl)
  const database = join(dataDir, DATABASE)
  try {
    const isThere = statSync(database, { throwIfNoEntry: false }) !== undefined
    if (isThere) accessSync(database, constants.R_OK)
    if (isThere) return
  } catch (cause) {
    throw new Error(`This user cannot read ${dataDir}. Run the command as root, or as the user that runs the server.`, {
      cause,
    })
  }
  throw new Error(
    `There is no community in ${dataDir} yet, because it contains no database. Choose the data folder with --data, ` +
      'or start the server once to create it.',
  )
}

async function refuseEmptyDatabase(url: string) {
  const { hasTables } = await import('../db/postgres/migrate')
  if (!(await hasTables(url)))
    throw new Error(
      'There is no community in the database of PINHOLE_DATABASE_URL yet. Start the server once to create it, or ' +
        'correct the address.',
    )
}

function isReachable(dataDir: string): boolean {
  try {
    accessSync(join(dataDir, 'lock'), constants.R_OK)
    return true
  } catch {
    return false
  }
}

/** A key that only the service can read is no mistake in the settings. Only the server needs it. */
function readableHere(environment: Given): Given {
  const { PINHOLE_TLS_CERT: cert, PINHOLE_TLS_KEY: key, ...others } = environment
  if (!cert || !key) return environment
  try {
    for (const path of [cert, key]) accessSync(path, constants.R_OK)
    return environment
  } catch {
    return others
  }
}

/** The settings of the server for commands, by the names of variables. Paths are absolute. */
export function environmentOf(flags: Given, env: Given): Record<string, string> {
  const given = Object.entries(env).filter(([name, value]) => value && (name === 'PATH' || name.startsWith('PINHOLE_')))
  const fromFlags = Object.entries(flags)
    .filter(([name, value]) => value && ['host', 'port', 'tls'].includes(name))
    .map(([name, value]) => [`PINHOLE_${name.toUpperCase()}`, value])
  const all = Object.fromEntries([...given, ...fromFlags]) as Record<string, string>
  for (const name of ['PINHOLE_TLS_CERT', 'PINHOLE_TLS_KEY', 'PINHOLE_FFMPEG'])
    if (all[name] && all[name] !== 'embedded') all[name] = resolve(all[name])
  if (all.PINHOLE_BACKUP && !/^s3:/i.test(all.PINHOLE_BACKUP)) all.PINHOLE_BACKUP = resolve(all.PINHOLE_BACKUP)
  return all
}
