import type { Reader } from '../db/open'
import { isOpenSession } from '../sessions/model'
import type { Connection, Connections } from './connections'

/** Closes the connections of sessions that have ended. */
export function createDoubts(db: Reader, connections: Connections, now: () => Date) {
  const doubted = new Set<number>()

  async function check(connection: Connection): Promise<void> {
    if (await isOpenSession(db, connection, now())) return
    connection.send('event: end\ndata: {}\n\n') // a reconnection would be refused
    connection.end()
  }

  return {
    /** Lets the connections of a person be checked soon. */
    add: (userId: number) => void doubted.add(userId),
    any: () => doubted.size > 0,
    check,
    /** Checks the connections of everybody who was added. */
    async settle() {
      const people = [...doubted]
      doubted.clear()
      for (const userId of people) for (const connection of connections.of(userId)) await check(connection)
    },
  }
}
