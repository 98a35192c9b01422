import { join } from 'node:path'
import { auditLedger } from '../coins/audit'
import { whereaboutsByDay } from '../coins/history'
import { openReader, openSnapshot } from '../db/snapshot'
import { auditFiles } from '../files/audit'
import { diskStorage } from '../media/storage'
import type { Command } from './command'

export const audit: Command = {
  usage: '',
  about: `Proves that no coin was lost or made, that everything bought was paid for, and that every stored file is there with the bytes it
had when it came. Reads all of it and changes nothing, also while the server runs. Names each fault; exit status 1 when there is one.`,
  options: { ledger: { about: 'only the coins; with --json also where they were at the end of each day' } },
  takes: [0, 0],
  async run({ config, flag, answer, fail }) {
    const { dataDir } = await config()
    const path = join(dataDir, 'pinhole.sqlite')
    const { days, ...ledger } = await auditLedgerAt(path)
    const stored = flag('ledger') ? null : await auditStored(path, join(dataDir, 'media'))
    const faults = [...ledger.faults, ...(stored?.faults ?? [])]
    const seen = [counted(ledger.transfers, 'transfer'), counted(ledger.accounts, 'account')]
    const all = [...seen, ...(stored ? [counted(stored.files, 'file')] : [])].join(', ')
    const verdict = `${all}: ${faults.length ? counted(faults.length, 'fault') : 'all is well'}.`
    await answer([...faults, verdict].join('\n'), {
      ok: !faults.length,
      ...ledger,
      ...(stored ? { files: stored.files } : { days }),
      faults,
    })
    if (faults.length) fail()
  },
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`

/** Of one moment: the server goes on selling meanwhile. */
async function auditLedgerAt(path: string) {
  using snapshot = openSnapshot(path)
  return { ...(await auditLedger(snapshot.db)), days: await whereaboutsByDay(snapshot.db) }
}

/** Takes long; a snapshot held so long would keep the database from tidying up its log. */
async function auditStored(path: string, mediaDir: string) {
  using reader = openReader(path)
  return await auditFiles(reader.db, diskStorage(mediaDir))
}
