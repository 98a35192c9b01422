import { MOST_COINS } from '../coins/ledger'
import { createVouchers } from '../coins/vouchers'
import { readKeys } from '../keys'
import { type Command, WrongUsage, wholeNumber } from './command'
import { withStore } from './store'

const DAY_MS = 24 * 3600_000

export const vouchersCreate: Command = {
  usage: '--coins N [--count M] [--uses N] [--expires DAYS]',
  about: `Creates vouchers and prints their codes, one per line. The codes cannot be printed again, since only
hashes of them are stored. People who redeem a voucher get its coins right away.`,
  options: {
    coins: { value: 'N', about: 'how many coins each voucher is worth' },
    count: { value: 'M', about: 'how many vouchers to create (1)' },
    uses: { value: 'N', about: 'how many people can redeem each voucher (1)' },
    expires: { value: 'DAYS', about: 'for how many days the vouchers are valid (no limit)' },
  },
  takes: [0, 0],
  async run({ flag, config, answer }) {
    const worth = flag('coins')
    if (!worth) throw new WrongUsage('Specify how many coins each voucher is worth: --coins N')
    const coins = wholeNumber(worth, '--coins', 1, MOST_COINS)
    const count = wholeNumber(flag('count') ?? '1', '--count', 1, 500)
    const uses = wholeNumber(flag('uses') ?? '1', '--uses', 1, 100_000)
    const days = flag('expires')
    const now = new Date()
    const expiresAt = days ? new Date(+now + wholeNumber(days, '--expires', 1, 3650) * DAY_MS) : null
    const settings = await config()
    const codes = await withStore(settings, ({ write }) => {
      const key = readKeys(settings.dataDir)('voucher')
      return write((tx) => createVouchers(tx, key, count, { coins, uses, expiresAt }, null, now))
    })
    await answer(codes.join('\n'), { codes, coins, uses, expiresAt })
  },
}
