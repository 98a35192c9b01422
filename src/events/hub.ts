import type { Store } from '../db/open'
import { Doubt, isAnnouncement } from '../db/tell'
import { log as diary } from '../log'
import type { Events } from '../ports/events'
import { createConnections } from './connections'
import { createDelivery } from './delivery'
import { createDoubts } from './doubts'
import { createLog } from './log'
import { createPump } from './pump'
import { inTurns } from './turns'

/** Heartbeat interval. Many proxies cut a connection that is silent for a minute. */
const BEAT_MS = 20_000

/**
 * Tells open pages which parts are out of date. The log lives in memory, and only connected people are looked up. A
 * transaction names the people an event concerns, and the event is sent after the commit. After a commit of another
 * process, every page learns that anything may be out of date.
 */
export function createEvents(
  { db, onSaid, onChange }: Pick<Store, 'db' | 'onSaid' | 'onChange'>,
  now: () => Date,
): Events {
  const log = createLog(Date.now())
  const connections = createConnections()
  const doubts = createDoubts(db, connections, now)
  const delivery = createDelivery({ db, log, connections, check: doubts.check })
  const pump = createPump({
    isBehind: () => doubts.any() || delivery.isBehind(),
    async step() {
      await doubts.settle()
      await delivery.letIn()
      await delivery.flush()
    },
  })

  const forgetSaid = onSaid((said) => {
    for (const each of said) {
      if (each instanceof Doubt) doubts.add(each.userId)
      else if (isAnnouncement(each)) log.add(each)
    }
    if (doubts.any()) pump.now()
    else pump.soon()
  })
  const forgetChange = onChange(({ foreign }) => {
    if (!foreign) return
    log.add(null)
    for (const userId of connections.people()) doubts.add(userId)
    pump.now()
  })

  /**
   * Keeps connections open and closes those of expired sessions. The heartbeat also carries the log position, so that
   * clients that received no event for a long time can still resume.
   */
  const keepAlive = () =>
    inTurns(connections.all(), async (connection) => {
      await doubts.check(connection)
      connection.send(pump.isIdle() ? `id: ${log.position(log.last, connection.heard)}\n\n` : ':\n\n')
    }).catch((error) => diary.error('A heartbeat failed', { error }))
  const beat = setInterval(keepAlive, BEAT_MS)
  beat.unref()

  return {
    position: () => log.position(),
    size: () => connections.all().length,

    open(who, position) {
      const since = position === undefined ? delivery.reached() : log.parse(position)
      const heard = position === undefined ? undefined : log.heardUpTo(position)
      return connections.open(who, { since, heard }, (connection) => {
        if (pump.isClosed()) return connection.end()
        delivery.add(connection)
        pump.now()
      })
    },

    close() {
      pump.close()
      clearInterval(beat)
      forgetSaid()
      forgetChange()
      for (const connection of [...connections.all(), ...delivery.newcomers()]) connection.end()
    },
  }
}
