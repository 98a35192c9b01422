import type { Store } from '../db/open'
import { Doubt, isTold } from '../db/tell'
import { log as diary } from '../log'
import { isOpenSession } from '../sessions/model'
import { concerned, joined } from './audience'
import { type Connection, createConnections, type Who } from './connections'
import { createLog, type Entry } from './log'
import { everything, speak } from './speech'

/** What happens within this time is told together, and what is said twice once. */
const GATHER_MS = 40
/** Proxies cut a connection that is silent for a minute. */
const BEAT_MS = 20_000
/** When a client comes back after its connection was cut. */
const RETRY_MS = 2000
/** After so many people others get a turn. */
const SLICE = 50
/** Who missed more than this asks for everything: it is less work. */
const MOST_MISSED = 300

/**
 * Tells open pages what is old on them. All of it is in memory and only those who are here are looked at: a cause says in its transaction
 * whom it concerns, and is told after the commit. Of another process's commit everybody is told that everything may be old.
 */
export function createEvents({ db, onSaid, onChange }: Pick<Store, 'db' | 'onSaid' | 'onChange'>, now: () => Date) {
  const log = createLog(Date.now())
  const connections = createConnections()
  const doubted = new Set<number>()
  let joining: Connection[] = []
  /** All up to here has been told. */
  let reached = 0
  let gathering: Timer | undefined
  let working = false
  let closed = false

  const forgetSaid = onSaid((said) => {
    for (const each of said) {
      if (each instanceof Doubt) doubted.add(each.userId)
      else if (isTold(each)) log.add(each)
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

  /** One after the other, so that nobody hears of the later before the earlier. */
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
      if (!closed) diary.error('Open pages were not told', { error })
      gathering = setTimeout(tell, BEAT_MS).unref()
    }
    working = false
  }

  /** Whoever is signed out by now hears nothing more. */
  async function lookAgain() {
    const people = [...doubted]
    doubted.clear()
    for (const userId of people) for (const connection of connections.of(userId)) await check(connection)
  }

  async function check(connection: Connection) {
    if (await isOpenSession(db, connection, now())) return
    connection.send('event: end\ndata: {}\n\n') // coming back is of no use
    connection.end()
  }

  async function letIn() {
    const newcomers = joining
    joining = []
    for (const connection of newcomers) {
      if (connection.isOver) continue
      const { userId, since } = connection
      const entries = since === undefined ? everything(reached) : await missed(userId, since)
      const text = await speak(db, log, userId, entries)
      connection.send(`retry: ${RETRY_MS}\n${since === undefined ? '' : `id: ${log.position(since)}\n`}\n${text}`)
      if (!connection.isOver) connections.join(connection)
      await check(connection) // it may have been signed out on the way
    }
  }

  async function missed(userId: number, since: number): Promise<Entry[]> {
    const entries = log.between(since, reached)
    if (entries.length > MOST_MISSED || entries.some(({ told }) => !told)) return everything(reached)
    const mine: Entry[] = []
    for (const entry of joined(entries)) if ((await whom(entry, [userId])).includes(userId)) mine.push(entry)
    return mine
  }

  async function flush() {
    const upTo = log.last
    const perPerson = new Map<number, Entry[]>()
    for (const entry of joined(log.between(reached, upTo))) {
      const entries = entry.told ? [entry] : everything(entry.at)
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
      const text = await speak(db, log, userId, entries)
      for (const connection of here) connection.send(text)
    })
  }

  const whom = async ({ told }: Entry, here: Iterable<number>) =>
    told ? concerned(db, told.to, told.kind, here) : [...here]

  /** Keeps lines open, and ends those of sessions that ran out. Whoever hears nothing for long still knows where the log is. */
  const keepAlive = () =>
    inTurns(connections.all(), async (connection) => {
      await check(connection)
      connection.send(working || isBehind() ? ':\n\n' : `id: ${log.position()}\n\n`)
    }).catch((error) => diary.error('A heartbeat failed', { error }))
  const beat = setInterval(keepAlive, BEAT_MS)
  beat.unref()

  return {
    /** Where the log is now: a page that is made from here on shows everything before. */
    position: () => log.position(),

    /** What happens to this person from now on, after what happened since `position`, if there is one. */
    open(who: Who, position: string | undefined): ReadableStream<Uint8Array> {
      const since = position === undefined ? reached : log.parse(position)
      return connections.open(who, since, (connection) => {
        if (closed) return connection.end()
        joining.push(connection)
        void tell()
      })
    },

    /** The server stops: everybody comes back by themselves. */
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
