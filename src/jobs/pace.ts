/** `askedAt` is the time of the last request, by the clock of `performance`. */
export type Traffic = { askedAt: number }

/**
 * How much longer the pause after a step is than the step, so that requests find the server free four fifths of the
 * time.
 */
const REST = 4
/** A request this recent means that more are likely to follow. */
const LATELY_MS = 250

const isAsked = ({ askedAt }: Traffic) => performance.now() - askedAt < LATELY_MS

/**
 * Paces background work that consists of many steps. Without requests it takes large steps without pauses. While there
 * are requests it takes steps a quarter as large, with a pause after each.
 */
export function createPace(traffic: Traffic, largeStep: number) {
  return async <R>(step: (rows: number) => Promise<R>): Promise<R> => {
    const start = performance.now()
    const result = await step(isAsked(traffic) ? largeStep / 4 : largeStep)
    if (isAsked(traffic)) await Bun.sleep(REST * (performance.now() - start))
    return result
  }
}

/**
 * Paces work that mostly waits for other servers. Any number may run at once, but while there are requests they start
 * one by one, each in its own turn of the event loop, with a pause between two.
 */
export function createGate(traffic: Traffic) {
  let free: Promise<unknown> = Promise.resolve()
  return async <R>(begin: () => Promise<R>): Promise<R> => {
    const before = free
    const { promise, resolve } = Promise.withResolvers<void>()
    free = promise
    await before
    const start = performance.now()
    const ends = begin()
    ends.catch(() => {}) // the error reaches the caller below
    if (isAsked(traffic)) {
      await new Promise<void>((turned) => setImmediate(turned))
      await Bun.sleep(REST * (performance.now() - start))
    }
    resolve()
    return ends
  }
}

export type Gate = ReturnType<typeof createGate>
