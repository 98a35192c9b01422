import type { Database } from 'bun:sqlite'

/**
 * Lets the queries of one turn of the event loop share a transaction of the connection that reads. By itself, every query
 * locks and unlocks the database, which takes longer than finding a row.
 *
 * A request that is answered in this turn arrived before the transaction began, so it sees all that was stored before the
 * request was sent. A commit of this process ends the transaction, so that what it stored is seen at once, and so that
 * no reader keeps it from moving the log into the database. So does the notice of a commit of another process.
 */
export function shareReads(reader: Database) {
  const [begin, commit] = [reader.prepare('begin'), reader.prepare('commit')]
  let isOpen = false
  const end = () => {
    if (!isOpen) return
    isOpen = false
    if (reader.inTransaction) commit.run() // a failed disk may have ended it
  }
  return {
    /** Begins the transaction of this turn, if no query did so before. */
    begin() {
      if (isOpen) return
      begin.run()
      isOpen = true
      setImmediate(end)
    },
    end,
  }
}
