import type { Handler } from '../jobs/handler'
import { acceptSome } from './requests'

/** Accepts everyone who asked to follow an account that has become public, one chunk per transaction. */
export const accept: Handler<'follows.accept'> = {
  async run({ write, now }, { payload: { userId } }, signal) {
    while (await write((tx) => acceptSome(tx, { id: userId }, now()))) signal.throwIfAborted()
  },
}
