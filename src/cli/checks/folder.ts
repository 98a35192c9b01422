import { accessSync, constants, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { viewOf } from '../../db/view'
import { freeBytes } from '../../disk'
import { readKeys } from '../../keys'
import { foretell } from '../../measurements/model'
import { isRoot } from '../../owner'
import { readSettings } from '../../settings/model'
import { SECRETS } from '../archive/format'
import { type Check, type Finding, fail, ok, warn } from './finding'
import { formatBytes } from './space'

export const folder: Check = {
  name: 'data folder',
  run({ config: { dataDir } }) {
    const found = statSync(dataDir, { throwIfNoEntry: false })
    if (!found)
      return [fail('data folder', `${dataDir} does not exist. Choose it with --data; pinhole serve creates it.`)]
    if (!found.isDirectory()) return [fail('data folder', `${dataDir} is not a folder.`)]
    const unreadable = readable(dataDir)
    if (unreadable) return [unreadable]
    return [permissions('data folder', dataDir, 0o700)]
  },
}

function readable(dir: string): Finding | undefined {
  try {
    accessSync(dir, constants.R_OK | constants.X_OK)
    return undefined
  } catch {
    return fail('data folder', `This user cannot read ${dir}. Run doctor as root, or as the user that runs the server.`)
  }
}

/** The server cannot write what another user made in its folder, for example root with an earlier version. */
export const owners: Check = { name: 'owner', run: ({ config }) => [ownedByOne(config.dataDir)] }

function ownedByOne(dir: string): Finding {
  const { uid, gid } = statSync(dir)
  const foreign = [...placesToCheck(dir)].filter((path) => lstatSync(path, { throwIfNoEntry: false })?.uid !== uid)
  const who = isRoot() ? `the user with the id ${uid}` : 'this user'
  if (!isRoot() && uid !== process.geteuid?.())
    return warn('owner', `${dir} belongs to another user (id ${uid}). Whether that user can write is not known.`)
  if (!foreign.length) return ok('owner', `${dir} and what is in it belong to ${who}.`)
  return fail(
    'owner',
    `Not everything in ${dir} belongs to ${who}, so the server cannot change ${foreign.slice(0, 3).join(', ')}. ` +
      `Run: chown -R ${uid}:${gid} ${dir}`,
  )
}

/** Everything in the folder except what is inside the folders of single files, since there may be many of them. */
function* placesToCheck(dir: string): Generator<string> {
  for (const name of readdirSync(dir)) yield join(dir, name)
  for (const name of ['media', 'uploads', 'work', 'workers', 'native']) {
    const path = join(dir, name)
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory())
      for (const each of readdirSync(path, { recursive: name === 'native', encoding: 'utf8' })) yield join(path, each)
  }
}

/** Checks that other users of this machine cannot read the file or folder. */
function permissions(check: string, path: string, wanted: number): Finding {
  const mode = statSync(path).mode & 0o777
  const octal = (value: number) => value.toString(8).padStart(4, '0')
  if (mode & ~wanted)
    return warn(
      check,
      `Other users of this machine can read ${path} (${octal(mode)}). Run: chmod ${octal(wanted)} ${path}`,
    )
  return ok(check, `Only its owner can read ${path}.`)
}

export const secrets: Check = {
  name: 'secrets',
  run({ config: { dataDir } }) {
    const path = join(dataDir, SECRETS)
    if (!statSync(path, { throwIfNoEntry: false }))
      return [
        fail(
          'secrets',
          `${path} is missing. Restore it from a backup before the next start of the server, which otherwise makes a ` +
            'new one: then everybody has to sign in again, and links, vouchers and push subscriptions end.',
        ),
      ]
    readFileSync(path)
    readKeys(dataDir)
    return [ok('secrets', 'The secrets are readable.'), permissions('secrets', path, 0o600)]
  },
}

/** A disk that is full so soon needs somebody who cares for it now. */
const SOON_DAYS = 14

export const disk: Check = {
  name: 'disk',
  async run({ config, database }) {
    await using source = await viewOf(database)
    const { minFreeMb } = await readSettings(source.db, config)
    const free = await freeBytes(config.dataDir)
    const least = minFreeMb * 1024 ** 2
    const forecast = await foretell(source.db, { free, leastFree: least, now: new Date() })
    const daysLeft = forecast?.daysLeft ?? null
    const left = `${formatBytes(free)} free${daysLeft ? `, and full in ${daysLeft} days at this pace` : ''}`
    if (free < least)
      return [
        fail(
          'disk',
          `${left}. Uploads are refused below ${formatBytes(least)}. Free some space, or use a larger disk.`,
        ),
      ]
    return [
      free < 4 * least || (daysLeft !== null && daysLeft <= SOON_DAYS)
        ? warn('disk', `${left}. Uploads are refused below ${formatBytes(least)}.`)
        : ok('disk', `${left}.`),
    ]
  },
}
