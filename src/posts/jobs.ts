import type { Handler } from '../jobs/handler'
import { eraseBookmarksOn } from './bookmarks/model'
import { eraseCommentsOn } from './comments/erase'
import { eraseLikesOn } from './likes/model'
import { eraseMentionsOn } from './mentions/model'

const steps = [eraseCommentsOn, eraseLikesOn, eraseBookmarksOn, eraseMentionsOn]

/** With a post goes what others put on it, a chunk a transaction. */
export const forget: Handler<'posts.forget'> = {
  async run({ write, now }, { payload: { postId } }, signal) {
    for (const step of steps) while (await write((tx) => step(tx, postId, now()))) signal.throwIfAborted()
  },
}
