import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { record } from '../actions/record'
import { lockFolder } from '../db/lock'
import { changeKeys } from '../keys'
import { giveToOwnerOf } from '../owner'
import { spreadSecrets } from '../shared-keys'
import { SECRETS } from './archive/format'
import type { Command } from './command'
import { withStore } from './store'

export const keysRotate: Command = {
  usage: '[--at-once]',
  about: `Replaces the key that signs sessions and links. Stop the server first. Existing sessions and links stay valid
for twelve hours, so that open pages keep working. After that everybody has to sign in again, and links for
invitations and new passwords have to be created again. Vouchers stay valid.
If somebody else may know the key, use --at-once: then existing sessions and links become invalid with the next
start, and browsers subscribe to push notifications again by themselves.`,
  options: { 'at-once': { about: 'make existing sessions and links invalid now' } },
  takes: [0, 0],
  async run({ config, flag, answer }) {
    const settings = await config()
    const { dataDir } = settings
    if (!existsSync(join(dataDir, SECRETS)))
      throw new Error(`There are no secrets in ${dataDir}. Choose the data folder with --data.`)
    const lock = lockFolder(dataDir)
    try {
      const now = new Date()
      const keepFormer = !flag('at-once')
      changeKeys(dataDir, now, { keepFormer })
      giveToOwnerOf(dataDir, join(dataDir, SECRETS))
      await spreadSecrets(settings)
      await withStore(settings, ({ write }) =>
        write((tx) => record(tx, { kind: 'keys_rotated', by: null, detail: { atOnce: !keepFormer } }, now)),
      )
      const until = keepFormer ? new Date(+now + 12 * 3600_000).toISOString() : now.toISOString()
      await answer(
        keepFormer
          ? `The key was replaced. Earlier sessions and links are valid until ${until}.`
          : 'The key was replaced. Earlier sessions and links are no longer valid.',
        { until },
      )
    } finally {
      lock.release()
    }
  },
}
