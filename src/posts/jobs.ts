import { eraseCollectedOn } from '../collections/remove'
import type { Handler } from '../jobs/handler'
import { eraseMutersOf } from '../muted-posts/model'
import { eraseBookmarksOn } from './bookmarks/model'
import { eraseCommentsOn } from './comments/erase'
import { eraseLikesOn } from './likes/model'
import { eraseMentionsOn } from './mentions/model'
import { publishScheduled } from './publish'

const steps = [eraseCommentsOn, eraseLikesOn, eraseCollectedOn, eraseBookmarksOn, eraseMentionsOn, eraseMutersOf]

/**
 * Erases the comments, likes, bookmarks, places in collections and mentions of a deleted post, and whom it did not
 * interest, one chunk per transaction.
 */
export const forget: Handler<'posts.forget'> = {
  async run({ write, now }, { payload: { postId } }, signal) {
    for (const step of steps) while (await write((tx) => step(tx, postId, now()))) signal.throwIfAborted()
  },
}

/** Publishes a post at the time that its author chose. */
export const publish: Handler<'posts.publish'> = {
  async run({ write, now, config }, { payload: { postId, at } }) {
    await write((tx) => publishScheduled(tx, postId, at, { now: now(), crowd: config.crowd }))
  },
}
