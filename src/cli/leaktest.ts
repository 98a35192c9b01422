import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config'
import { copyRows } from '../db/copy'
import type { LeakReport } from '../leaktest/run'
import type { Storage } from '../media/storage'
import { DATABASE } from './archive/format'
import { type Call, type Command, wholeNumber } from './command'
import type { ServerState } from './control'

export const leaktest: Command = {
  usage: '[--files N] [--verbose]',
  about: `Tests that nobody can get photos that they are not allowed to see: not as a visitor, a stranger, a follower or
somebody who got a refund, while the owner and a buyer must get them. It tries every page and list, and links that
are copied, altered, expired or withdrawn, and requests that began before their session ended. The test runs in this
process, on a copy of the database with made-up people. Stored files are only read, and the server can keep running.
Prints what failed, or one line when all is well, and says so when the community is too empty to prove anything. With
--verbose it also prints what was tried, and as whom. Exit status 1 when somebody got a file that they must not get, or
did not get one that they may. The test takes a while, since it sends a thousand or more requests per file.`,
  options: {
    files: { value: 'N', about: 'try N of the stored files, evenly spread (all)' },
    verbose: { about: 'also print everything that was tried, and as whom' },
  },
  takes: [0, 0],
  async run({ flag, config, server, answer, tell, fail }) {
    tellWithoutServer(await server(), tell)
    const most = flag('files')
    const report = await testCopyOf(
      await config(),
      most === undefined ? undefined : wholeNumber(most, '--files', 1, 1e9),
    )
    const { verdictOf } = await import('../leaktest/verdict')
    await answer(verdictOf(report, Boolean(flag('verbose'))), report)
    if (!report.ok) fail()
  },
}

/** The result depends on settings that only the server knows, such as PINHOLE_ACCESS. */
function tellWithoutServer(server: ServerState, tell: Call['tell']) {
  if (server.state === 'running') return
  const why = server.state === 'none' ? 'No server is running' : `Process ${server.owner.pid} does not answer`
  tell(`pinhole: ${why}, so the test uses the settings of this command instead of those of the server.`)
}

/** Tests a copy with its own secrets, so that the server accepts no link or session that is created here. */
async function testCopyOf(config: Config, most: number | undefined): Promise<LeakReport> {
  const { createApp } = await import('../app')
  const { openApp } = await import('../open-app')
  const { openStorage } = await import('../media/open-storage')
  const { findLeaks } = await import('../leaktest/run')
  const storage = readOnly(openStorage(config).storage)
  const dataDir = mkdtempSync(join(tmpdir(), 'pinhole-leaktest-'))
  const remove = () => rmSync(dataDir, { recursive: true, force: true })
  const breakOff = () => {
    remove()
    process.exit(1)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, breakOff)
  try {
    await copyRows(config, join(dataDir, DATABASE))
    const copy = { ...config, dataDir, databaseUrl: undefined, url: undefined, rateLimits: false, s3CacheMb: 0 }
    const open = async (now: () => Date) => ({ ...(await openApp(copy, now)), storage })
    return await findLeaks({ place: copy, storage, open, createApp, ...(most && { most }) })
  } finally {
    remove()
  }
}

function readOnly({ open, pathOf, list }: Storage): Storage {
  const refuse = () => Promise.reject(new Error('The leak test must not change stored files.'))
  return { open, pathOf, list, put: refuse, remove: refuse, delete: refuse }
}
