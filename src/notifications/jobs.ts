import type { App } from '../context'
import type { Tx } from '../db/open'
import { touchFollowersWithPost } from '../db/tell'
import { type From, nextFollowers } from '../follows/follower-batches'
import { type Handler, REPEATABLE } from '../jobs/handler'
import type { Job } from '../jobs/kinds'
import { createPace } from '../jobs/pace'
import { advance } from '../jobs/queue'
import { announceChunk } from './announce'

/** The followers per step. A notification is in five indexes, so it costs several times as much as an inbox row. */
const STEP = 1000

/** Notifies the followers of a post who want to hear of it, on the page and on their devices. */
export const announce: Handler<'notifications.announce'> = {
  async run({ write, traffic }: App, job: Job<'notifications.announce'>, signal: AbortSignal) {
    const pace = createPace(traffic, STEP)
    let from: From | undefined = job.payload
    while (from) {
      signal.throwIfAborted()
      const here: From = from
      from = await pace((rows) => write((tx) => announceSome(tx, job, here, rows), REPEATABLE))
    }
  },
}

async function announceSome(
  tx: Tx,
  job: Job<'notifications.announce'>,
  from: From,
  rows: number,
): Promise<From | undefined> {
  const { chunk, next } = await nextFollowers(tx, from, rows)
  const post = await announceChunk(tx, chunk)
  if (post) touchFollowersWithPost(tx, { followersOf: post.authorId, ...chunk }, 'notification', from.postId)
  if (next) await advance(tx, job, next)
  return next
}
