import { reasonField } from '../users/fields'
import { findAccount, findUser } from '../users/model'
import { liftSuspension, suspend } from '../users/suspension'
import { type Command, WrongUsage } from './command'
import { withStore } from './store'

export const usersSuspend: Command = {
  usage: 'HANDLE --reason TEXT',
  about: `Ends all sessions of this person, who cannot sign in any more, and hides what they published from all but staff and who bought
it, until it is lifted. They read the reason when they try to sign in. A server that is running notices within a second.`,
  options: { reason: { value: 'TEXT', about: 'what they are told' } },
  takes: [1, 1],
  async run({ args, flag, config, answer }) {
    const reason = reasonField.safeParse(flag('reason') ?? '')
    if (!reason.success) throw new WrongUsage('Say why, in at most 500 characters: --reason TEXT')
    const handle = await withStore(await config(), ({ write }) =>
      write(async (tx) => {
        const user = await findAccount(tx, (await findUser(tx, args[0]!)).id)
        await suspend(tx, null, user, reason.data, new Date())
        return user.handle
      }),
    )
    await answer(`${handle} is suspended.`, { handle, suspended: true })
  },
}

export const usersUnsuspend: Command = {
  usage: 'HANDLE',
  about: 'Lifts a suspension: this person can sign in again, and what they published is there again.',
  takes: [1, 1],
  async run({ args, config, answer }) {
    const handle = await withStore(await config(), ({ write }) =>
      write(async (tx) => {
        const user = await findAccount(tx, (await findUser(tx, args[0]!)).id)
        await liftSuspension(tx, null, user)
        return user.handle
      }),
    )
    await answer(`${handle} is suspended no longer.`, { handle, suspended: false })
  },
}
