/** How many requests have come in since the start. */
export type Traffic = { asked: number }

/**
 * For work of many steps beside the requests. While nobody asks it takes large steps without a rest; as soon as somebody does, small ones,
 * a quarter of that, and rests after each for as long as it took: whoever asks then finds the server free at least half of the time.
 */
export function createPace(traffic: Traffic, largeStep: number) {
  let [seen, busy] = [traffic.asked, true]
  return async <R>(step: (rows: number) => Promise<R>): Promise<R> => {
    const start = performance.now()
    const result = await step(busy ? largeStep / 4 : largeStep)
    busy = traffic.asked !== seen
    seen = traffic.asked
    if (busy) await Bun.sleep(performance.now() - start)
    return result
  }
}
