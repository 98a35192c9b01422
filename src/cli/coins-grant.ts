import { LONGEST_NOTE, noteField } from '../coins/fields'
import { balanceOf, MOST_COINS } from '../coins/ledger'
import { grantCoins } from '../coins/model'
import { findUser } from '../users/model'
import { type Command, WrongUsage, wholeNumber } from './command'
import { withStore } from './store'

export const coinsGrant: Command = {
  usage: 'HANDLE COINS [--note TEXT]',
  about:
    'Gives new coins to a person right away, even while the server is running. The note appears in their statement.',
  options: { note: { value: 'TEXT', about: `the reason, at most ${LONGEST_NOTE} characters` } },
  takes: [2, 2],
  async run({ args, flag, config, answer }) {
    const coins = wholeNumber(args[1]!, 'COINS', 1, MOST_COINS)
    const read = noteField().safeParse(flag('note'))
    if (!read.success) throw new WrongUsage(`--note must be at most ${LONGEST_NOTE} characters long.`)
    const note = read.data || undefined
    const { handle, balance } = await withStore(await config(), ({ write }) =>
      write(async (tx) => {
        const user = await findUser(tx, args[0]!)
        await grantCoins(tx, null, user, { coins, note }, new Date())
        return { handle: user.handle, ...(await balanceOf(tx, 'member', user.id)) }
      }),
    )
    await answer(`${handle} now has ${balance} coins.`, { handle, coins, balance })
  },
}
