import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Settings } from '../../shapes/settings'
import { Problem } from '../problem'

export type LimitName = keyof Settings['limits']
type Count = [name: LimitName, who: string | number]
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
  comments: HOUR,
  redemptions: HOUR,
  checkouts: HOUR,
  changes: HOUR,
  mails: HOUR,
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

  const take = async (...[name, who]: Count) => refuseAbove(settings().limits[name], await counters[name].consume(who))

  return {
    /** Counts one more of `who`, or refuses it. */
    async take(...count: Count): Promise<void> {
      if (isOn) await take(...count)
    },
    /**
     * For what is limited only when it fails, like signing in. It is counted before it is known, so that a crowd of tries at once is
     * no way around, and given back when it was fine, was refused, or failed through no fault of who tried.
     */
    async attempt<T>(counts: Count[], work: () => Promise<T>): Promise<T> {
      if (!isOn) return work()
      const taken: Count[] = []
      const giveBack = () => Promise.all(taken.map(([name, who]) => counters[name].reward(who)))
      try {
        for (const count of counts) {
          taken.push(count)
          await take(...count)
        }
        const result = await work()
        await giveBack()
        return result
      } catch (error) {
        if (!(error instanceof Problem) || error.kind === 'rate_limited') await giveBack()
        throw error
      }
    },
  }
}
