import type { Reader } from '../db/open'
import { mergeChunks, peopleConcernedBy } from './audience'
import type { Connection, Connections } from './connections'
import type { Entry, Log } from './log'
import { everything, speak } from './messages'
import { createTelling } from './telling'
import { inTurns } from './turns'

/** How long a client waits before it reconnects. */
const RETRY_MS = 2000
/** Clients that missed more events than this get a full refresh, which is cheaper. */
const MOST_MISSED = 300

type Parts = { db: Reader; log: Log; connections: Connections; check: (connection: Connection) => Promise<void> }

/** Brings the entries of the log to the people whom they concern, and new connections to the place of the others. */
export function createDelivery({ db, log, connections, check }: Parts) {
  const telling = createTelling(db, log)
  let newcomers: Connection[] = []
  /** All log entries up to this number have been sent. */
  let reached = 0

  /** Lists what a client missed since it was connected the last time. */
  async function missed(userId: number, since: number): Promise<Entry[]> {
    const entries = log.between(since, reached)
    if (entries.length > MOST_MISSED || entries.some(({ announcement }) => !announcement)) return everything(reached)
    const mine: Entry[] = []
    for (const entry of mergeChunks(entries))
      if ((await peopleConcernedBy(db, entry, [userId])).includes(userId)) mine.push(entry)
    return mine
  }

  async function welcome(connection: Connection): Promise<void> {
    const { userId, since } = connection
    const heard = await telling.place(connection)
    const entries = since === undefined ? everything(reached) : await missed(userId, since)
    const text = (await speak(db, log, userId, entries))(heard)
    const place = since === undefined ? '' : `id: ${log.position(since, heard)}\n`
    connection.send(`retry: ${RETRY_MS}\n${place}\n${text}`)
    await telling.tellHappenings(userId, [connection], reached)
    if (!connection.isOver) connections.join(connection)
    await check(connection) // the session may have ended in the meantime
  }

  /** The entries up to `upTo` that were not sent yet, by the person whom they concern. */
  async function newsUpTo(upTo: number): Promise<Map<number, Entry[]>> {
    const perPerson = new Map<number, Entry[]>()
    for (const entry of mergeChunks(log.between(reached, upTo))) {
      const entries = entry.announcement ? [entry] : everything(entry.at)
      for (const userId of await peopleConcernedBy(db, entry, connections.people())) {
        const all = perPerson.get(userId) ?? []
        perPerson.set(userId, all)
        all.push(...entries)
      }
    }
    return perPerson
  }

  return {
    reached: () => reached,
    isBehind: () => newcomers.length > 0 || reached < log.last,
    newcomers: (): readonly Connection[] => newcomers,
    add: (connection: Connection) => void newcomers.push(connection),

    /** Tells each new connection what it missed, and lets it receive events from now on. */
    async letIn() {
      const all = newcomers
      newcomers = []
      for (const connection of all) if (!connection.isOver) await welcome(connection)
    },

    /** Sends the entries that were not sent yet. */
    async flush() {
      const upTo = log.last
      const perPerson = await newsUpTo(upTo)
      reached = upTo
      await inTurns(perPerson, async ([userId, entries]) => {
        const here = connections.of(userId)
        if (here.length) await telling.tell(userId, here, entries, upTo)
      })
    },
  }
}
