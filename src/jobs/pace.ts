/** How many requests have come in since the start. */
export type Traffic = { asked: number }

/** Rows a step: half a thousand hold the server for some 3 ms, two thousand for some 10. */
const SMALL = 500
const LARGE = 2000

/**
 * For work of many steps beside the requests. While nobody asks it takes large steps without a rest; as soon as somebody does, small ones,
 * and rests after each for as long as it took: whoever asks then finds the server free at least half of the time.
 */
export function createPace(traffic: Traffic) {
  let [seen, busy] = [traffic.asked, true]
  return async <R>(step: (rows: number) => Promise<R>): Promise<R> => {
    const start = performance.now()
    const result = await step(busy ? SMALL : LARGE)
    busy = traffic.asked !== seen
    seen = traffic.asked
    if (busy) await Bun.sleep(performance.now() - start)
    return result
  }
}
