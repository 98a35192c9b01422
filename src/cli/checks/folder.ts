import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openReader } from '../../db/snapshot'
import { readKeys } from '../../keys'
import { readSettings } from '../../settings/model'
import { SECRETS } from '../archive/format'
import { type Check, type Finding, fail, ok, warn } from './finding'
import { formatBytes, freeBytes } from './space'

export const folder: Check = {
  name: 'data folder',
  run({ dataDir }) {
    const found = statSync(dataDir, { throwIfNoEntry: false })
    if (!found)
      return [fail('data folder', `${dataDir} does not exist. Choose it with --data; pinhole serve creates it.`)]
    if (!found.isDirectory()) return [fail('data folder', `${dataDir} is not a folder.`)]
    return [isWritable(dataDir), permissions('data folder', dataDir, 0o700)]
  },
}

function isWritable(dir: string): Finding {
  try {
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK)
    return ok('data folder', `${dir} is writable.`)
  } catch {
    return fail(
      'data folder',
      `This user cannot write to ${dir}. Run this as the user that runs the server, or change the owner with chown.`,
    )
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
  run({ dataDir }) {
    const path = join(dataDir, SECRETS)
    readFileSync(path)
    readKeys(dataDir)
    return [ok('secrets', 'The secrets are readable.'), permissions('secrets', path, 0o600)]
  },
}

export const disk: Check = {
  name: 'disk',
  async run(config) {
    using source = openReader(join(config.dataDir, 'pinhole.sqlite'))
    const { minFreeMb } = await readSettings(source.db, config)
    const free = await freeBytes(config.dataDir)
    const left = `${formatBytes(free)} free`
    const least = minFreeMb * 1024 ** 2
    if (free < least)
      return [
        fail(
          'disk',
          `${left}. Uploads are refused below ${formatBytes(least)}. Free some space, or use a larger disk.`,
        ),
      ]
    return [
      free < 4 * least
        ? warn('disk', `${left}. Uploads are refused below ${formatBytes(least)}.`)
        : ok('disk', `${left}.`),
    ]
  },
}
