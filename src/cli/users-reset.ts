import { findUser } from '../users/model'
import { createReset } from '../users/resets'
import type { Command } from './command'
import { linkTo, withStore } from './store'

export const usersResetPassword: Command = {
  usage: 'HANDLE',
  about:
    'Prints a link to set a new password, which works once and within a day. A new password ends all their sessions.',
  takes: [1, 1],
  async run({ args, config, answer }) {
    const settings = await config()
    const reset = await withStore(settings, ({ db, write }) =>
      write(async (tx) => createReset(tx, null, await findUser(db, args[0]!), new Date())),
    )
    const url = await linkTo(settings, 'reset', reset)
    await answer(url, { url, expiresAt: reset.expiresAt })
  },
}
