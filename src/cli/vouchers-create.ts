import { MOST_COINS } from '../coins/ledger'
import { createVouchers } from '../coins/vouchers'
import { readKeys } from '../keys'
import { type Command, WrongUsage, wholeNumber } from './command'
import { withStore } from './store'

const DAY_MS = 24 * 3600_000

export const vouchersCreate: Command = {
  usage: '--coins N [--count M] [--uses N] [--expires DAYS]',
  about: `Makes vouchers and prints their codes, one a line. They are printed this once: only hashes of them are stored.
Whoever redeems one has its coins at once.`,
  options: {
    coins: { value: 'N', about: 'what each of them is worth' },
    count: { value: 'M', about: 'how many to make (1)' },
    uses: { value: 'N', about: 'how many people may redeem each of them (1)' },
    expires: { value: 'DAYS', about: 'for how many days they are good (for ever)' },
  },
  takes: [0, 0],
  async run({ flag, config, answer }) {
    const worth = flag('coins')
    if (!worth) throw new WrongUsage('Say what a voucher is worth: --coins N')
    const coins = wholeNumber(worth, '--coins', 1, MOST_COINS)
    const count = wholeNumber(flag('count') ?? '1', '--count', 1, 500)
    const uses = wholeNumber(flag('uses') ?? '1', '--uses', 1, 100_000)
    const days = flag('expires')
    const now = new Date()
    const expiresAt = days ? new Date(+now + wholeNumber(days, '--expires', 1, 3650) * DAY_MS) : null
    const settings = await config()
    const key = readKeys(settings.dataDir)('voucher')
    const codes = await withStore(settings, ({ write }) =>
      write((tx) => createVouchers(tx, key, count, { coins, uses, expiresAt }, null, now)),
    )
    await answer(codes.join('\n'), { codes, coins, uses, expiresAt })
  },
}
