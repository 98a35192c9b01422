import type { Store } from '../db/open'
import { Doubt, isAnnouncement } from '../db/tell'
import { happeningsAfter, newestHappening } from '../happenings/model'
import { log as diary } from '../log'
import { isOpenSession } from '../sessions/model'
import { concerned, mergeChunks } from './audience'
import { type Connection, createConnections, type Who } from './connections'
import { createLog, type Entry } from './log'
import { everything, mayHaveHappened, speak, speakOfHappenings, withoutPlain } from './messages'

/** Events within this window are sent together, without duplicates. */
const GATHER_MS = 40
/** Heartbeat interval. Many proxies cut a connection that is silent for a minute. */
const BEAT_MS = 20_000
/** How long a client waits before it reconnects. */
const RETRY_MS = 2000
/** How many people are served before other work gets a turn of the event loop. */
const SLICE = 50
/** Clients that missed more events than this get a full refresh, which is cheaper. */
const MOST_MISSED = 300

/**
 * Tells open pages which parts are out of date. The log lives in memory, and only connected people are looked up. A
 * transaction names the people an event concerns, and the event is sent after the commit. After a commit of another
 * process, every page learns that anything may be out of date.
 */
export function createEvents({ db, onSaid, onChange }: Pick<Store, 'db' | 'onSaid' | 'onChange'>, now: () => Date) {
  const log = createLog(Date.now())
  const connections = createConnections()
  const doubted = new Set<number>()
  let joining: Connection[] = []
  /** All log entries up to this number have been sent. */
  let reached = 0
  let gathering: Timer | undefined
  let working = false
  let closed = false

  const forgetSaid = onSaid((said) => {
    for (const each of said) {
      if (each instanceof Doubt) doubted.add(each.userId)
      else if (isAnnouncement(each)) log.add(each)
    }
    if (doubted.size) void tell()
    else gathering ??= setTimeout(tell, GATHER_MS).unref()
  })
  const forgetChange = onChange(({ foreign }) => {
    if (!foreign) return
    log.add(null)
    for (const userId of connections.people()) doubted.add(userId)
    void tell()
  })

  const isBehind = () => joining.length > 0 || doubted.size > 0 || reached < log.last

  /** Sends pending events. Only one call runs at a time, so events arrive in order. */
  async function tell() {
    clearTimeout(gathering)
    gathering = undefined
    if (working) return
    working = true
    try {
      while (!closed && isBehind()) {
        await lookAgain()
        await letIn()
        await flush()
      }
    } catch (error) {
      if (!closed) diary.error('Could not send events to open pages', { error })
      gathering = setTimeout(tell, BEAT_MS).unref()
    }
    working = false
  }

  /** Closes the connections of sessions that have ended. */
  async function lookAgain() {
    const people = [...doubted]
    doubted.clear()
    for (const userId of people) for (const connection of connections.of(userId)) await check(connection)
  }

  async function check(connection: Connection) {
    if (await isOpenSession(db, connection, now())) return
    connection.send('event: end\ndata: {}\n\n') // a reconnection would be refused
    connection.end()
  }

  async function letIn() {
    const newcomers = joining
    joining = []
    for (const connection of newcomers) {
      if (connection.isOver) continue
      const { userId, since } = connection
      const heard = await placeAmongHappenings(connection)
      const entries = since === undefined ? everything(reached) : await missed(userId, since)
      const text = (await speak(db, log, userId, entries))(heard)
      connection.send(
        `retry: ${RETRY_MS}\n${since === undefined ? '' : `id: ${log.position(since, heard)}\n`}\n${text}`,
      )
      await tellHappenings(userId, [connection], reached)
      if (!connection.isOver) connections.join(connection)
      await check(connection) // the session may have ended in the meantime
    }
  }

  async function missed(userId: number, since: number): Promise<Entry[]> {
    const entries = log.between(since, reached)
    if (entries.length > MOST_MISSED || entries.some(({ announcement }) => !announcement)) return everything(reached)
    const mine: Entry[] = []
    for (const entry of mergeChunks(entries)) if ((await whom(entry, [userId])).includes(userId)) mine.push(entry)
    return mine
  }

  async function flush() {
    const upTo = log.last
    const perPerson = new Map<number, Entry[]>()
    for (const entry of mergeChunks(log.between(reached, upTo))) {
      const entries = entry.announcement ? [entry] : everything(entry.at)
      for (const userId of await whom(entry, connections.people())) {
        const all = perPerson.get(userId) ?? []
        perPerson.set(userId, all)
        all.push(...entries)
      }
    }
    reached = upTo
    await inTurns(perPerson, async ([userId, entries]) => {
      const here = connections.of(userId)
      if (!here.length) return
      const told =
        mayHaveHappened(entries) && (await tellHappenings(userId, here, upTo, () => say(withoutPlain(entries))))
      if (!told) await say(entries)

      async function say(some: Entry[]) {
        const text = await speak(db, log, userId, some)
        for (const connection of here) connection.send(text(connection.heard))
      }
    })
  }

  /** A client that names no happening hears of those from now on. No client is further than the newest. */
  async function placeAmongHappenings(connection: Connection): Promise<number> {
    const newest = await newestHappening(db, connection.userId)
    connection.heard = Math.min(connection.heard ?? newest, newest)
    return connection.heard
  }

  /** Sends what happened to a person since their connections last heard, after `before`. Returns false if nothing did. */
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

  const whom = async ({ announcement }: Entry, here: Iterable<number>) =>
    announcement ? concerned(db, announcement, here) : [...here]

  /**
   * Keeps connections open and closes those of expired sessions. The heartbeat also carries the log position, so that
   * clients that received no event for a long time can still resume.
   */
  const keepAlive = () =>
    inTurns(connections.all(), async (connection) => {
      await check(connection)
      connection.send(working || isBehind() ? ':\n\n' : `id: ${log.position(log.last, connection.heard)}\n\n`)
    }).catch((error) => diary.error('A heartbeat failed', { error }))
  const beat = setInterval(keepAlive, BEAT_MS)
  beat.unref()

  return {
    /** The current position in the log. A page rendered after this call shows every earlier change. */
    position: () => log.position(),

    size: () => connections.all().length,

    /** Streams the person's events from now on, or from `position` if it is given and still known. */
    open(who: Who, position: string | undefined): ReadableStream<Uint8Array> {
      const since = position === undefined ? reached : log.parse(position)
      const heard = position === undefined ? undefined : log.heardUpTo(position)
      return connections.open(who, { since, heard }, (connection) => {
        if (closed) return connection.end()
        joining.push(connection)
        void tell()
      })
    },

    /** Closes all connections because the server stops. Clients reconnect on their own. */
    close() {
      closed = true
      clearInterval(beat)
      clearTimeout(gathering)
      forgetSaid()
      forgetChange()
      for (const connection of [...connections.all(), ...joining]) connection.end()
    },
  }
}

async function inTurns<T>(all: Iterable<T>, one: (each: T) => Promise<void>) {
  let served = 0
  for (const each of all) {
    await one(each)
    if (++served % SLICE === 0) await new Promise((others) => setImmediate(others))
  }
}
