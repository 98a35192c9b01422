import type { Tx } from '../db/open'
import type { Handler } from '../jobs/handler'
import type { Jobs } from '../jobs/kinds'
import { advance } from '../jobs/queue'
import { indexCaptionsAfter } from '../posts/captions'
import { indexNamesAfter } from '../users/names'

/** How many rows a transaction indexes, so that no write holds the lock for long. */
const CHUNK = 50

/** Indexes the people and posts of a community that is older than its search. New ones are indexed by what makes them. */
export const fill: Handler<'search.fill'> = {
  async run({ write }, job, signal) {
    let left = job.payload
    while (left.people !== null || left.posts !== null) {
      signal.throwIfAborted()
      left = await write(async (tx) => {
        const next = await indexMore(tx, left)
        await advance(tx, job, next)
        return next
      })
    }
  },
}

type Left = Jobs['search.fill']

async function indexMore(tx: Tx, { people, posts }: Left): Promise<Left> {
  if (people !== null) return { people: (await indexNamesAfter(tx, people, CHUNK)) ?? null, posts }
  return { people, posts: posts === null ? null : ((await indexCaptionsAfter(tx, posts, CHUNK)) ?? null) }
}
