import type { Reader } from '../db/open'
import { happeningsAfter, newestHappening } from '../happenings/model'
import type { Connection } from './connections'
import type { Entry, Log } from './log'
import { mayHaveHappened, speak, speakOfHappenings, withoutPlain } from './messages'

/** Tells connections of one person what they have not heard yet. */
export function createTelling(db: Reader, log: Log) {
  async function say(userId: number, here: Connection[], entries: Entry[]): Promise<void> {
    const text = await speak(db, log, userId, entries)
    for (const connection of here) connection.send(text(connection.heard))
  }

  /** Sends what happened since the connections last heard, after `before`. Returns false if nothing did. */
  async function tellHappenings(userId: number, here: Connection[], at: number, before = async () => {}) {
    for (let told = false; ; told = true) {
      const found = await happeningsAfter(db, userId, Math.min(...here.map(({ heard = 0 }) => heard)))
      const last = found.at(-1)?.id
      if (last === undefined) return told
      if (!told) await before()
      for (const connection of here) {
        const { heard = 0 } = connection
        const news = found.filter(({ id }) => id > heard)
        connection.send(await speakOfHappenings(db, log, userId, news, at))
        connection.heard = Math.max(heard, last)
      }
    }
  }

  return {
    tellHappenings,

    /** A client that names no happening hears of those from now on. No client is further than the newest. */
    async place(connection: Connection): Promise<number> {
      const newest = await newestHappening(db, connection.userId)
      connection.heard = Math.min(connection.heard ?? newest, newest)
      return connection.heard
    },

    /** Sends entries of the log, and what happened to the person where an entry says that something may have. */
    async tell(userId: number, here: Connection[], entries: Entry[], at: number): Promise<void> {
      const sayRest = () => say(userId, here, withoutPlain(entries))
      const told = mayHaveHappened(entries) && (await tellHappenings(userId, here, at, sayRest))
      if (!told) await say(userId, here, entries)
    },
  }
}
