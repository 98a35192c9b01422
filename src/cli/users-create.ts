import type { z } from 'zod'
import { ROLES, type Role } from '../../shapes/users'
import { record } from '../actions/record'
import { handleField, passwordField } from '../users/fields'
import { createUser } from '../users/model'
import { hashPassword } from '../users/password'
import { type Command, WrongUsage } from './command'
import { withStore } from './store'

export const usersCreate: Command = {
  usage: `HANDLE --password-stdin [--role ${ROLES.join('|')}]`,
  about: `Creates an account, even when registration is closed. The password is read from stdin, so that it does not
appear in the list of processes:
  pinhole users create ann --role admin --password-stdin < password.txt`,
  options: {
    'password-stdin': { about: 'read the password from stdin' },
    role: { value: 'ROLE', about: `${ROLES.join(', ')} (member)` },
  },
  takes: [1, 1],
  async run({ args, flag, config, answer }) {
    const role = (flag('role') ?? 'member') as Role
    if (!ROLES.includes(role)) throw new WrongUsage(`--role must be one of ${ROLES.join(', ')}, not "${role}".`)
    if (!flag('password-stdin')) throw new WrongUsage('Pass the password on stdin and add --password-stdin.')
    const handle = check(handleField(), args[0]!)
    const settings = await config()
    const passwordHash = await hashPassword(check(passwordField(), await readPassword()))
    const { id } = await withStore(settings, ({ write }) =>
      write(async (tx) => {
        const now = new Date()
        const user = await createUser(tx, { handle, role, passwordHash }, now)
        await record(tx, { kind: 'account_created', by: null, on: user, detail: { role } }, now)
        return user
      }),
    )
    await answer(`${handle} can now sign in as ${role}.`, { id, handle, role })
  },
}

/** Reads the password without the line break that `echo` and editors append. */
const readPassword = async () => (await Bun.stdin.text()).replace(/\r?\n$/, '')

function check<T extends z.ZodType>(field: T, value: string): z.output<T> {
  const result = field.safeParse(value)
  if (!result.success) throw new Error(result.error.issues[0]!.message)
  return result.data
}
