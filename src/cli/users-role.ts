import { ROLES, type Role } from '../../shapes/users'
import { changeRole } from '../users/account'
import { findAccountOf } from '../users/model'
import { type Command, WrongUsage } from './command'
import { withStore } from './store'

export const usersRole: Command = {
  usage: `HANDLE ${ROLES.join('|')}`,
  about: `Gives a person another role. A running server applies it within a second. The last administrator keeps the role
until somebody else has it.`,
  takes: [2, 2],
  async run({ args, config, answer }) {
    const role = args[1] as Role
    if (!ROLES.includes(role)) throw new WrongUsage(`The role must be one of ${ROLES.join(', ')}, not "${role}".`)
    const handle = await withStore(await config(), ({ write }) =>
      write(async (tx) => {
        const user = await findAccountOf(tx, args[0]!)
        await changeRole(tx, null, user, role, new Date())
        return user.handle
      }),
    )
    await answer(`${handle} now has the role ${role}.`, { handle, role })
  },
}
