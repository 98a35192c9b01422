/** When the last request came in, by the clock of `performance`. */
export type Traffic = { askedAt: number }

/** How much longer the rest is than the work: whoever asks finds the server free four fifths of the time. */
const REST = 4
/** Whoever asked so lately goes on asking. */
const LATELY_MS = 250

const isAsked = ({ askedAt }: Traffic) => performance.now() - askedAt < LATELY_MS

/**
 * For work of many steps beside the requests. While nobody asks it takes large steps without a rest; as soon as somebody does, small ones,
 * a quarter of that, with a rest after each.
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
 * For work that waits for others much longer than it computes: any number may be under way, but while somebody asks they begin one by
 * one, each a turn of the event loop, with a rest between two.
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
    ends.catch(() => {}) // its caller hears of it below
    if (isAsked(traffic)) {
      await new Promise<void>((turned) => setImmediate(turned))
      await Bun.sleep(REST * (performance.now() - start))
    }
    resolve()
    return ends
  }
}

export type Gate = ReturnType<typeof createGate>
