import { log } from '../log'
import { isNews } from './away'

/** Removes the listener. */
export type Forget = () => void
/** `foreign` means that another process committed; what it changed is unknown. */
export type Listener = (change: { foreign: boolean }) => void | Promise<void>
export type Hearer = (said: object[]) => void

/**
 * Keeps the functions of this process that are called after commits. Where the database may be away, a listener that
 * failed is called again after `retryMs`.
 */
export function createListeners(retryMs?: number) {
  const listeners = new Set<Listener>()
  const hearers = new Set<Hearer>()

  let isClosed = false

  async function changed(foreign: boolean) {
    if (isClosed) return
    let failed = false
    for (const listener of listeners)
      await Promise.try(listener, { foreign }).catch((error) => {
        if (isClosed) return
        failed = true
        if (isNews(error)) log.error('A change listener failed', { error })
      })
    if (failed && retryMs) setTimeout(() => void changed(true), retryMs).unref()
  }

  return {
    changed,
    /** Tells nobody of commits that are heard of later. */
    close() {
      isClosed = true
    },
    /** Tells of a commit whose messages are known. */
    async committed(said: object[]) {
      await changed(false)
      if (said.length && !isClosed) for (const hear of hearers) hear(said)
    },
    onChange(listener: Listener): Forget {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    onSaid(hear: Hearer): Forget {
      hearers.add(hear)
      return () => void hearers.delete(hear)
    },
  }
}
