import { join } from 'node:path'
import type { Config } from '../config'
import { asFound } from '../db/snapshot'
import { DATABASE } from './archive/format'
import { backups } from './checks/backups'
import { bucket } from './checks/bucket'
import { clock, database, deadJobs, server } from './checks/database'
import { storedFiles } from './checks/files'
import { type Check, type Finding, fail, type Scene } from './checks/finding'
import { disk, folder, owners, secrets } from './checks/folder'
import { mail } from './checks/mail'
import { photos } from './checks/media'
import { network } from './checks/network'
import { passkeys } from './checks/passkeys'
import { videos } from './checks/videos'
import type { Command } from './command'
import type { ServerState } from './control'

/** If one of the first two checks fails, the others are skipped. */
const CHECKS: Check[] = [
  folder,
  database,
  owners,
  secrets,
  disk,
  clock,
  server,
  network,
  passkeys,
  mail,
  deadJobs,
  bucket,
  storedFiles,
  backups,
  photos,
  videos,
]
const NEEDED: Check[] = [folder, database]

export const doctor: Command = {
  usage: '',
  about: `Checks the data folder, the database, the stored files, the settings and whether photos can be read. Changes
nothing and can run while the server is running. Exit status 1 when something has to be fixed.`,
  takes: [0, 0],
  anywhere: true,
  async run({ config, server, answer, fail }) {
    const checks = await examine(await config(), await server())
    const bad = checks.filter(({ status }) => status === 'fail').length
    const problems = bad === 1 ? '1 problem' : `${bad} problems`
    const verdict = bad ? `${problems} found. Fix the lines marked "fail".` : 'No problems found.'
    await answer([...checks.map(line), verdict].join('\n'), { ok: !bad, checks })
    if (bad) fail()
  },
}

async function examine(config: Config, server: ServerState): Promise<Finding[]> {
  using database = asFound(join(config.dataDir, DATABASE), server.state !== 'none')
  const { dataDir, databaseUrl } = config
  const scene = { config, server, database: { dataDir, databaseUrl, path: database.path } }
  const findings: Finding[] = []
  for (const check of CHECKS) {
    const found = await perform(check, scene)
    findings.push(...found)
    if (NEEDED.includes(check) && found.some(({ status }) => status === 'fail')) break
  }
  return findings
}

async function perform({ name, run }: Check, scene: Scene): Promise<Finding[]> {
  try {
    return await run(scene)
  } catch (error) {
    return [fail(name, error instanceof Error ? error.message : String(error))]
  }
}

const line = ({ status, check, detail }: Finding) => `${status.padEnd(4)}  ${check}: ${detail}`
