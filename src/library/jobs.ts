import type { Handler } from '../jobs/handler'
import { finishDeletion } from '../posts/delete'
import { refundSome } from './refund'

/** Gives all buyers of a removed post their coins back, a chunk a transaction; then its bytes go. */
export const refund: Handler<'library.refund'> = {
  async run({ write, now }, { payload: { postId, authorId } }, signal) {
    while (await write((tx) => refundSome(tx, postId, authorId, now()))) signal.throwIfAborted()
    await write((tx) => finishDeletion(tx, postId, now()))
  },
}
