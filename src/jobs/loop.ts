import type { App } from '../context'
import { claim, done, fail, type Handlers, nextDue, renew } from './queue'

const LEASE_MS = 30_000
const LONGEST_MS = 3600_000

/** Runs one due job; false when there was none. */
export async function runNext(app: App, handlers: Handlers, leaseMs = LEASE_MS): Promise<boolean> {
  const job = await app.write((tx) => claim(tx, app.now(), leaseMs))
  if (!job) return false
  const renewal = setInterval(() => void app.write((tx) => renew(tx, job, app.now(), leaseMs)).catch(console.error), leaseMs / 3)
  try {
    await handlers[job.kind](app, job)
    await app.write((tx) => done(tx, job))
  } catch (error) {
    await app.write((tx) => fail(tx, job, String(error), app.now()))
  } finally {
    clearInterval(renewal)
  }
  return true
}

/** Works while something is due, then sleeps until a change in the database or the clock wakes it. Gives the way to stop it. */
export function startJobs(app: App, handlers: Handlers): () => Promise<void> {
  let working: Promise<void> | undefined
  let [woken, stopped] = [false, false]
  let alarm: Timer | undefined

  async function work() {
    while (woken && !stopped) {
      woken = false // what comes in from here on is looked for again
      const wait = await runDue().catch(tooBusy)
      clearTimeout(alarm)
      if (wait > 0) alarm = setTimeout(wake, wait)
      else woken = true
    }
    working = undefined
  }

  /** Runs what is due; else says for how long there is nothing to do. */
  async function runDue(): Promise<number> {
    const wait = Math.min(LONGEST_MS, +((await nextDue(app.db)) ?? Infinity) - +app.now())
    if (wait <= 0) await runNext(app, handlers)
    return wait
  }

  const tooBusy = (error: unknown) => {
    console.error(error)
    return 1000
  }

  function wake() {
    woken = true
    working ??= work()
  }

  app.onChange(wake)
  wake()
  return async () => {
    stopped = true
    clearTimeout(alarm)
    await working
  }
}
