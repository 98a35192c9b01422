import type { Settings } from '../../shapes/settings'
import type { Counter } from '../db/counters'
import type { Store } from '../db/open'
import { Problem } from '../problem'

export type LimitName = keyof Settings['limits']
type Count = [name: LimitName, who: string | number]
export type Limits = ReturnType<typeof createLimits>

const MINUTE = 60
const HOUR = 60 * MINUTE

/** The window of each limit in seconds. Staff set how many requests it allows. */
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
  apps: HOUR,
  anonymousReads: 5 * MINUTE,
}

/**
 * Creates the rate limits. A single server counts in memory, so a restart resets them; several servers count together.
 * Trials and load tests set `isOn` to false.
 */
export function createLimits({ counter }: Pick<Store, 'counter'>, settings: () => Settings, isOn: boolean) {
  const counters = Object.fromEntries(
    Object.entries(windows).map(([name, seconds]) => [name, counter(name, seconds)]),
  ) as Record<LimitName, Counter>

  const refuseAbove = (most: number, seen: { consumedPoints: number; msBeforeNext: number } | null) => {
    if (!seen || seen.consumedPoints <= most) return
    const seconds = Math.max(1, Math.ceil(seen.msBeforeNext / 1000))
    throw new Problem(
      'rate_limited',
      'Too many attempts. Please try again in {minutes} min.',
      { retryAfter: seconds },
      { minutes: Math.ceil(seconds / 60) },
    )
  }

  const take = async (...[name, who]: Count) => refuseAbove(settings().limits[name], await counters[name].consume(who))

  return {
    /** Counts one request of `who`, and refuses it above the limit. */
    async take(...count: Count): Promise<void> {
      if (isOn) await take(...count)
    },
    /**
     * Limits work that counts only when it fails, such as signing in. An attempt is counted before its outcome is
     * known, so parallel attempts cannot get around the limit. The count is returned when the work succeeds, is refused
     * by a limit, or fails through no fault of the client.
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
