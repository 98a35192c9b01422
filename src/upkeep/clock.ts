import type { App } from '../context'
import { touchEverybody } from '../db/tell'
import { correctFollowTimes } from '../follows/model'
import { correctPostTimes, correctReadMarks } from '../inbox/wrong-clock'
import { correctJobTimes } from '../jobs/wrong-clock'
import { log } from '../log'
import { correctMailingTimes } from '../mailings/model'
import { correctPushTimes } from '../push/queue'
import { correctSessionTimes } from '../sessions/model'
import { correctSeen } from '../users/seen'

const DAY_MS = 24 * 3600_000
/** Times that are further ahead than this come from a wrong clock. Pushes may wait for quiet hours, which end in a day. */
const AHEAD_MS = DAY_MS + 3600_000
const LOOK_MS = 60_000

/**
 * Corrects what was stored while the clock was ahead: jobs and pushes become due now, and the times of posts, follows,
 * read marks, sessions and mailings that lie in the future are set to now. A second run changes nothing.
 */
export async function correctTimes({ write, now }: Pick<App, 'write' | 'now'>): Promise<void> {
  const corrected = await write(async (tx) => {
    const at = now()
    const latest = new Date(+at + AHEAD_MS)
    const corrected = {
      jobs: await correctJobTimes(tx, at),
      pushes: await correctPushTimes(tx, latest, at),
      posts: await correctPostTimes(tx, latest, at),
      follows: await correctFollowTimes(tx, latest, at),
      marks: await correctReadMarks(tx, latest, at),
      sessions: await correctSessionTimes(tx, latest, at),
      seen: await correctSeen(tx, latest, at),
      mailings: await correctMailingTimes(tx, latest, at),
    }
    if (corrected.posts || corrected.follows || corrected.marks) touchEverybody(tx, ['inbox'])
    return corrected
  })
  if (Object.values(corrected).some((count) => count > 0))
    log.warn('Corrected times that were stored while the clock was ahead', corrected)
}

/** Corrects times at start, and again whenever the clock goes back. Returns a function that stops watching. */
export async function watchClock(app: Pick<App, 'write' | 'now'>, lookMs = LOOK_MS): Promise<() => void> {
  let last = app.now()
  async function look() {
    const now = app.now()
    const wentBack = +now < +last - LOOK_MS
    last = now
    if (wentBack) await correctTimes(app).catch((error) => log.error('Could not correct times', { error }))
  }
  await correctTimes(app)
  const timer = setInterval(() => void look(), lookMs)
  return () => clearInterval(timer)
}
