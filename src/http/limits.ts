import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Settings } from '../settings/json'
import { Problem } from './errors'

export type LimitName = keyof Settings['limits']
export type Limits = ReturnType<typeof createLimits>

const MINUTE = 60
const HOUR = 60 * MINUTE

/** In how many seconds a count starts anew; how high it may rise, staff decide. */
const windows: Record<LimitName, number> = {
  signInsOfHandle: 15 * MINUTE,
  signInsOfAddress: 15 * MINUTE,
  signUps: HOUR,
  uploads: HOUR,
  posts: HOUR,
  redemptions: HOUR,
  changes: HOUR,
  anonymousReads: 5 * MINUTE,
}

/** Counts kept in memory: a restart forgives. `isOn` false is for trials and load tests. */
export function createLimits(settings: () => Settings, isOn: boolean) {
  const counters = Object.fromEntries(
    Object.entries(windows).map(([name, duration]) => [
      name,
      new RateLimiterMemory({ keyPrefix: name, points: Number.MAX_SAFE_INTEGER, duration }),
    ]),
  ) as Record<LimitName, RateLimiterMemory>

  const refuseAbove = (most: number, seen: { consumedPoints: number; msBeforeNext: number } | null) => {
    if (!seen || seen.consumedPoints <= most) return
    const seconds = Math.max(1, Math.ceil(seen.msBeforeNext / 1000))
    throw new Problem(
      'rate_limited',
      'That was too often. Please wait {minutes} min and try again.',
      { retryAfter: seconds },
      { minutes: Math.ceil(seconds / 60) },
    )
  }

  return {
    /** Counts one more of `who`, or refuses it. */
    async take(name: LimitName, who: string | number): Promise<void> {
      if (isOn) refuseAbove(settings().limits[name], await counters[name].consume(who))
    },
    /** Refuses whoever has used up theirs, without counting: what is counted is known only later (a sign-in that failed). */
    async check(name: LimitName, who: string | number): Promise<void> {
      if (isOn) refuseAbove(settings().limits[name] - 1, await counters[name].get(who))
    },
  }
}
