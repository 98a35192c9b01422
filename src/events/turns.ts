/** How many people are served before other work gets a turn of the event loop. */
const SLICE = 50

/** Serves one after the other, and lets others have the event loop in between. */
export async function inTurns<T>(all: Iterable<T>, one: (each: T) => Promise<void>): Promise<void> {
  let served = 0
  for (const each of all) {
    await one(each)
    if (++served % SLICE === 0) await new Promise((others) => setImmediate(others))
  }
}
