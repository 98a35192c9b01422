import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config'
import { sizeOf } from '../db/copy'
import type { Trial } from '../db/migrating'
import { asFound } from '../db/snapshot'
import { neededUpdate, tryUpdate as updateCopy } from '../db/trial'
import { isRunning } from '../running'
import { refuseFullDisk } from './archive/fill'
import { DATABASE } from './archive/format'
import { formatBytes } from './checks/space'
import type { Command } from './command'
import { breakOffOnSignals } from './signals'

/** The folder of a copy, in the data folder, which has the disk that the update will use. Its name ends with a process id. */
const FOLDER = 'update-trial-'

export const tryUpdate: Command = {
  usage: '',
  about: `Tells whether the first start of this version would update the database, and tries it: updates a copy, says how
long each step takes, and removes the copy. Changes nothing, and can run while a server of the version before is
running. In PostgreSQL it tries the update in a transaction that it takes back, and only when no server is running.
Exit status 1 when the update would fail.`,
  takes: [0, 0],
  async run({ config, server, answer }) {
    const settings = await config()
    const isServed = (await server()).state !== 'none'
    const trial = settings.databaseUrl
      ? await inPostgres(settings, settings.databaseUrl)
      : await onCopy(settings, isServed)
    await answer(report(trial), { ...trial, updateMs: sum(trial) })
  },
}

async function inPostgres(settings: Config, url: string): Promise<Trial> {
  const { tryUpdate } = await import('../db/postgres/migrate')
  return { ...(await tryUpdate(url)), bytes: await sizeOf(settings) }
}

async function onCopy({ dataDir }: Config, isServed: boolean): Promise<Trial> {
  using found = asFound(join(dataDir, DATABASE), isServed)
  const { missing, bytes } = neededUpdate(found.path)
  if (!missing.length) return { migrations: [], copyMs: 0, bytes }
  removeLeftOver(dataDir)
  await refuseFullDisk(dataDir, 2 * bytes) // as the update itself, which writes up to the whole database once more
  const dir = join(dataDir, FOLDER + process.pid)
  const remove = () => rmSync(dir, { recursive: true, force: true })
  breakOffOnSignals(remove)
  mkdirSync(dir, { mode: 0o700 })
  try {
    return { ...updateCopy(found.path, dir), bytes }
  } finally {
    remove()
  }
}

/** Removes the copies of commands that were killed. */
function removeLeftOver(dataDir: string) {
  for (const name of readdirSync(dataDir))
    if (/^update-trial-\d+$/.test(name) && !isRunning(Number(name.slice(FOLDER.length))))
      rmSync(join(dataDir, name), { recursive: true, force: true })
}

/** The milliseconds that a start takes longer, or null where they are unknown. */
const sum = ({ migrations, copyMs }: Trial): number | null =>
  migrations.some(({ ms }) => ms === null) ? null : migrations.reduce((all, { ms }) => all + ms!, copyMs)

function report(trial: Trial): string {
  const { migrations, copyMs, bytes } = trial
  if (!migrations.length) return 'This version can use the database as it is: no update is needed.'
  const total = sum(trial)
  const steps = migrations.map(({ name, ms }) => `${(ms === null ? '' : seconds(ms)).padStart(10)}  ${name}`)
  const copy = copyMs ? [`${seconds(copyMs).padStart(10)}  copy of the database (${formatBytes(bytes)})`] : []
  const end =
    total === null
      ? 'Servers use the database, so the steps were not tried: they would lock tables. To learn how long they take, run ' +
        'this command on a copy of the database (docs/running.md, Updates).'
      : `The update works and takes about ${seconds(total)}, during which nobody can use the server. Nothing was changed.`
  return ['The first start of this version updates the database:', ...copy, ...steps, end].join('\n')
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(ms < 995 ? 2 : 0)} s`
