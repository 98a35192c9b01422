import { log as diary } from '../log'

/** Events within this window are sent together, without duplicates. */
const GATHER_MS = 40
/** How long to wait after a failure, for example because the database does not answer. */
const AGAIN_MS = 20_000

type Work = {
  isBehind: () => boolean
  /** Does some of the work. It is called again as long as there is more. */
  step: () => Promise<void>
}

/** Works as long as there is something to do. Only one step runs at a time, so events arrive in order. */
export function createPump({ isBehind, step }: Work) {
  let timer: Timer | undefined
  let working = false
  let closed = false

  async function run(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (working) return
    working = true
    try {
      while (!closed && isBehind()) await step()
    } catch (error) {
      if (!closed) {
        diary.error('Could not send events to open pages', { error })
        timer = setTimeout(run, AGAIN_MS).unref()
      }
    }
    working = false
  }

  return {
    now: () => void run(),
    /** Begins in a moment, so that what comes until then goes along. */
    soon() {
      timer ??= setTimeout(run, GATHER_MS).unref()
    },
    isIdle: () => !working && !isBehind(),
    isClosed: () => closed,
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
