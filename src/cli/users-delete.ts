import { readSettings } from '../settings/model'
import { comeBack, sendAway } from '../users/leaving'
import { findAccountOf } from '../users/model'
import { type Command, WrongUsage } from './command'
import { withStore } from './store'

export const usersDelete: Command = {
  usage: 'HANDLE [--forfeit] [--now | --undo]',
  about: `Deletes an account. It is hidden and signed out at once, and the server erases it after the days that the staff
have set, until which the person can come back by signing in. Buyers keep what they bought. With coins left, --forfeit
says that they are given up. --now erases at once, which cannot be undone; --undo keeps an account that is being deleted.`,
  options: {
    forfeit: { about: 'give up the coins of the account' },
    now: { about: 'erase at once, without days in which the person can come back' },
    undo: { about: 'keep an account that is being deleted' },
  },
  takes: [1, 1],
  async run({ args, flag, config, answer }) {
    if (flag('now') && flag('undo')) throw new WrongUsage('Choose --now or --undo.')
    const settings = await config()
    const done = await withStore(settings, async ({ db, write }) => {
      const graceDays = flag('now') ? 0 : (await readSettings(db, settings)).graceDays
      return write(async (tx) => {
        const user = await findAccountOf(tx, args[0]!)
        const { handle } = user
        if (flag('undo')) return { handle, kept: await comeBack(tx, null, user, new Date()) }
        const forfeit = flag('forfeit') !== undefined
        return { handle, erasedAt: await sendAway(tx, null, user, { graceDays, forfeit }, new Date()) }
      })
    })
    const { handle } = done
    if ('kept' in done) await answer(done.kept ? `${handle} is kept.` : `${handle} is not being deleted.`, done)
    else
      await answer(
        done.erasedAt
          ? `${handle} is hidden now, and will be erased on ${done.erasedAt.toISOString().slice(0, 10)}.`
          : `${handle} is deleted. The server erases what is left.`,
        done,
      )
  },
}
