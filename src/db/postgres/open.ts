import { createListeners } from '../listeners'
import type { Store, StoreOptions, Tx } from '../open'
import { createWrite, insideWrite } from '../write'
import { connect } from './client'
import { createCounters } from './counters'
import { migrate, refuseUnfit } from './migrate'
import { listen, noticeOf } from './notices'
import { openReaders } from './readers'
import { openDrizzle } from './session'
import { openWriter } from './writer'

/** When to look again at what changed after the database was away. */
const RETRY_MS = 500

/** Opens a database on a PostgreSQL server. */
export async function openPostgres(
  url: string,
  { patienceMs = 5000, migrates = true, onQuery, onPrepare }: StoreOptions = {},
): Promise<Store> {
  const first = await connect(url)
  try {
    await refuseUnfit(first)
    await migrate(first, migrates)
  } finally {
    void first.end()
  }

  const node = crypto.randomUUID()
  const readers = openReaders(url)
  const writer = openWriter(url, { node, patienceMs, notice: (commit) => noticeOf(node, commit) })
  const { changed, committed, onChange, onSaid, close } = createListeners(RETRY_MS)
  const stopListening = await listen(url, node, (notice) => (notice ? committed(notice) : changed({ foreign: true })))

  const logQuery = (sql: string) => {
    insideWrite(sql)
    onQuery?.(sql)
  }
  const tx = openDrizzle(writer.line, { logger: { logQuery }, onPrepare })
  return {
    db: openDrizzle(readers, { logger: onQuery && { logQuery: onQuery }, onPrepare }),
    write: createWrite<Tx>(tx, writer, committed),
    onChange,
    onSaid,
    counter: createCounters(readers.pool),
    isShared: true,
    close() {
      close()
      stopListening()
      readers.end()
      void writer.end()
    },
  }
}
