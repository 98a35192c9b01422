import type { Handler } from '../jobs/handler'
import { finishDeletion } from '../posts/delete'
import { refundSome } from './refund'
import { showPurchase } from './undo'

/** Refunds all buyers of a removed post, one chunk per transaction, and then erases its files. */
export const refund: Handler<'library.refund'> = {
  async run({ write, now }, { payload: { postId, authorId } }, signal) {
    while (await write((tx) => refundSome(tx, postId, authorId, now()))) signal.throwIfAborted()
    await write((tx) => finishDeletion(tx, postId, now()))
  },
}

/** Shows a purchase that was not undone in time. */
export const show: Handler<'library.show'> = {
  async run({ write, now }, { payload: { purchaseId } }) {
    await write((tx) => showPurchase(tx, purchaseId, now()))
  },
}
