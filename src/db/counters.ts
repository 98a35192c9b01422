import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js'

/** Counts how often somebody did something within a window of time that begins with the first time. */
export type Counter = {
  consume(who: string | number): Promise<{ consumedPoints: number; msBeforeNext: number }>
  /** Takes back one time. */
  reward(who: string | number): Promise<unknown>
}

/** Counts in the memory of the only server of a community. A restart forgets the counts. */
export const memoryCounter = (name: string, seconds: number): Counter =>
  new RateLimiterMemory({ keyPrefix: name, points: Number.MAX_SAFE_INTEGER, duration: seconds })
