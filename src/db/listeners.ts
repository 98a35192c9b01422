import type { Table } from 'drizzle-orm'
import { log } from '../log'
import { isNews } from './away'
import { namesOf, overlap, type Touched, union } from './touched'
import type { Commit } from './write'

/** Removes the listener. */
export type Forget = () => void
/** `foreign` means that another process committed; what it changed is unknown. */
export type Listener = (change: { foreign: boolean }) => void | Promise<void>
export type Hearer = (said: object[]) => void

/** Without `touched`, any table may have changed. */
type Change = { foreign: boolean; touched?: Touched | undefined }

const both = (one: Change, other: Change): Change => ({
  foreign: one.foreign || other.foreign,
  touched: union(one.touched, other.touched),
})

/**
 * Keeps the functions of this process that are called after commits. Where the database may be away, a listener that
 * failed is called again after `retryMs`.
 *
 * Listeners read what was committed, and are called by one change after the other: what a call read later must not be
 * replaced by what an earlier one read. Changes that wait for their turn share one.
 */
export function createListeners(retryMs?: number) {
  /** The tables that each listener wants to be told of. */
  const listeners = new Map<Listener, Touched | undefined>()
  const hearers = new Set<Hearer>()

  let isClosed = false
  let last = Promise.resolve()
  /** The change whose turn has not come yet, with those that share it. */
  let waiting: Change | undefined

  function changed(change: Change): Promise<void> {
    if (!waiting) last = last.then(tell)
    waiting = waiting ? both(waiting, change) : change
    return last
  }

  async function tell() {
    const { foreign, touched } = waiting!
    waiting = undefined
    if (isClosed) return
    let failed = false
    for (const [listener, wanted] of listeners)
      if (overlap(wanted, touched))
        await Promise.try(listener, { foreign }).catch((error) => {
          if (isClosed) return
          failed = true
          if (isNews(error)) log.error('A change listener failed', { error })
        })
    if (failed && retryMs) setTimeout(() => void changed({ foreign: true }), retryMs).unref()
  }

  return {
    changed,
    /** Tells nobody of commits that are heard of later. */
    close() {
      isClosed = true
    },
    /** Tells of a commit whose messages are known. */
    async committed({ said, touched }: Commit) {
      await changed({ foreign: false, touched })
      if (said.length && !isClosed) for (const hear of hearers) hear(said)
    },
    onChange(listener: Listener, tables?: readonly Table[]): Forget {
      listeners.set(listener, tables && namesOf(tables))
      return () => void listeners.delete(listener)
    },
    onSaid(hear: Hearer): Forget {
      hearers.add(hear)
      return () => void hearers.delete(hear)
    },
  }
}
