import { findUser } from '../users/model'
import { resetSecondFactor } from '../users/totp/model'
import type { Command } from './command'
import { withStore } from './store'

export const usersResetSecondFactor: Command = {
  usage: 'HANDLE',
  about: `Turns off the second factor of somebody who has lost their phone and their recovery codes. They sign in with
their password alone and are told by mail, if the server sends mail. Be sure that it is really them who ask.`,
  takes: [1, 1],
  async run({ args, config, answer }) {
    const { handle, wasOn } = await withStore(await config(), ({ write }) =>
      write(async (tx) => {
        const user = await findUser(tx, args[0]!)
        return { handle: user.handle, wasOn: await resetSecondFactor(tx, null, user, new Date()) }
      }),
    )
    await answer(wasOn ? `${handle} can now sign in with the password alone.` : `${handle} has no second factor.`, {
      handle,
      wasOn,
    })
  },
}
