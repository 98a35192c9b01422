import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config'
import { copyDatabase } from '../db/snapshot'
import type { LeakReport } from '../leaktest/run'
import type { Storage } from '../media/storage'
import { DATABASE } from './archive/format'
import { type Command, wholeNumber } from './command'

export const leaktest: Command = {
  usage: '[--files N]',
  about: `Tries to get photos that one may not have: as nobody, a stranger, a follower, somebody who was refunded, and as the owner
and a buyer, who have to get theirs; by every page and list, and by links that are copied, bent, expired or taken back. All of it
happens in this process, on a copy of the database with people made up for it; stored bytes are only read, and the server may go on.
Prints what was tried as whom. Exit status 1 when a single byte came to the wrong person, or nothing to the right one.
It takes a while: some thousand requests a file.`,
  options: { files: { value: 'N', about: 'try N of the stored files, spread evenly (all)' } },
  takes: [0, 0],
  async run({ flag, config, answer, fail }) {
    const most = flag('files')
    const report = await testCopyOf(
      await config(),
      most === undefined ? undefined : wholeNumber(most, '--files', 1, 1e9),
    )
    const { tableOf } = await import('../leaktest/report')
    await answer(`${tableOf(report.doors)}\n\n${verdict(report)}`, report)
    if (!report.ok) fail()
  },
}

/** With secrets of its own: no link or session made here is worth anything at the server. */
async function testCopyOf(config: Config, most: number | undefined): Promise<LeakReport> {
  const { createApp } = await import('../app')
  const { openApp } = await import('../open-app')
  const { diskStorage } = await import('../media/storage')
  const { findLeaks } = await import('../leaktest/run')
  const storage = readOnly(diskStorage(join(config.dataDir, 'media')))
  const dataDir = mkdtempSync(join(tmpdir(), 'pinhole-leaktest-'))
  const remove = () => rmSync(dataDir, { recursive: true, force: true })
  const breakOff = () => {
    remove()
    process.exit(1)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, breakOff)
  try {
    const databasePath = join(dataDir, DATABASE)
    copyDatabase(join(config.dataDir, DATABASE), databasePath)
    const copy = { ...config, dataDir, url: undefined, rateLimits: false }
    const open = async (now: () => Date) => ({ ...(await openApp(copy, now)), storage })
    return await findLeaks({ databasePath, storage, open, createApp, ...(most && { most }) })
  } finally {
    remove()
  }
}

function readOnly({ open, list }: Storage): Storage {
  const refuse = () => Promise.reject(new Error('Stored bytes are not to be changed here.'))
  return { open, list, put: refuse, delete: refuse }
}

function verdict({ leaks, shut, files, stored, locked, access }: LeakReport): string {
  const told = [
    ...leaks.map(({ door, kind, handle, what }) => `LEAK  ${door}, as ${kind}${handle && ` (${handle})`}: ${what}`),
    ...shut.map(({ door, kind, handle, what }) => `SHUT  ${door}, as ${kind}${handle && ` (${handle})`}: ${what}`),
  ]
  const scope = `${files} of ${stored} stored files, ${locked} of them not for everybody; access is ${access}`
  const all = leaks.length
    ? 'Bytes came to the wrong person.'
    : shut.length
      ? 'Nothing leaked, but not everything opened that should.'
      : 'Nothing leaked.'
  return [...told, `${all} (${scope}.)`].join('\n')
}
