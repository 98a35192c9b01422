import { reasonField } from '../users/fields'
import { findAccount, findUser } from '../users/model'
import { liftSuspension, suspend } from '../users/suspension'
import { type Command, WrongUsage } from './command'
import { withStore } from './store'

export const usersSuspend: Command = {
  usage: 'HANDLE --reason TEXT',
  about: `Signs this person out and keeps them from signing in. Their posts are visible only to staff and to people who
bought them until the suspension is lifted. The person sees the reason when they try to sign in. A running server
applies the suspension within a second.`,
  options: { reason: { value: 'TEXT', about: 'the reason that the person sees' } },
  takes: [1, 1],
  async run({ args, flag, config, answer }) {
    const reason = reasonField().safeParse(flag('reason') ?? '')
    if (!reason.success) throw new WrongUsage('Give a reason of at most 500 characters: --reason TEXT')
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
  about: 'Lifts a suspension. The person can sign in again, and their posts are visible again.',
  takes: [1, 1],
  async run({ args, config, answer }) {
    const handle = await withStore(await config(), ({ write }) =>
      write(async (tx) => {
        const user = await findAccount(tx, (await findUser(tx, args[0]!)).id)
        await liftSuspension(tx, null, user, new Date())
        return user.handle
      }),
    )
    await answer(`${handle} is no longer suspended.`, { handle, suspended: false })
  },
}
