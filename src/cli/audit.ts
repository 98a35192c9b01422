import { auditLedger } from '../coins/audit'
import { whereaboutsByDay } from '../coins/history'
import type { Config } from '../config'
import type { Place } from '../db/database'
import { openMoment, openView } from '../db/view'
import { auditFiles } from '../files/audit'
import { openStorage } from '../media/open-storage'
import type { Command } from './command'

export const audit: Command = {
  usage: '',
  about: `Proves that no coin was lost or created, that every purchase was paid for, and that every stored file is
unchanged since its upload. Reads everything and changes nothing, and can run while the server is running. Lists
each fault; exit status 1 when there is one.`,
  options: { ledger: { about: 'check only the coins; with --json also list the totals at the end of each day' } },
  takes: [0, 0],
  async run({ config, flag, answer, fail }) {
    const place = await config()
    const { days, ...ledger } = await auditLedgerAt(place)
    const stored = flag('ledger') ? null : await auditStored(place)
    const faults = [...ledger.faults, ...(stored?.faults ?? [])]
    const seen = [counted(ledger.transfers, 'transfer'), counted(ledger.accounts, 'account')]
    const all = [...seen, ...(stored ? [counted(stored.files, 'file')] : [])].join(', ')
    const verdict = `${all}: ${faults.length ? counted(faults.length, 'fault') : 'no faults'}.`
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

/** Audits a snapshot of the ledger, since a running server goes on selling meanwhile. */
async function auditLedgerAt(place: Place) {
  await using snapshot = await openMoment(place)
  return { ...(await auditLedger(snapshot.db)), days: await whereaboutsByDay(snapshot.db) }
}

/** Reads without a snapshot, since one held for this long would keep the database from truncating its log. */
async function auditStored(config: Config) {
  await using reader = await openView(config)
  return await auditFiles(reader.db, openStorage(config))
}
