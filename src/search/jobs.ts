import type { Handler } from '../jobs/handler'
import { advance } from '../jobs/queue'
import { indexCaptionsAfter } from '../posts/captions'
import { indexNamesAfter } from '../users/names'

/** How many rows a transaction indexes, so that no write holds the lock for long. */
const CHUNK = 50

/** Indexes the people and posts of a community that is older than its search. New ones are indexed by what makes them. */
export const fill: Handler<'search.fill'> = {
  async run({ write }, job, signal) {
    let { people, posts } = job.payload
    while (people !== null || posts !== null) {
      signal.throwIfAborted()
      await write(async (tx) => {
        if (people !== null) people = (await indexNamesAfter(tx, people, CHUNK)) ?? null
        else if (posts !== null) posts = (await indexCaptionsAfter(tx, posts, CHUNK)) ?? null
        await advance(tx, job, { people, posts })
      })
    }
  },
}
