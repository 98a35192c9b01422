import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { lockFolder } from '../db/lock'
import { changeKeys } from '../keys'
import { SECRETS } from './archive/format'
import type { Command } from './command'

export const keysRotate: Command = {
  usage: '[--at-once]',
  about: `Changes the key with which sessions and links are signed; the server has to be stopped for it. What was signed before is good for
twelve hours more, so that nobody's page breaks: then everybody signs in again, and links to sign up or to a new password have to be
made again. Vouchers stay good.
When somebody else may know the key, use --at-once: all of that ends with the next start, and browsers subscribe to pushes anew by themselves.`,
  options: { 'at-once': { about: 'what was signed before is worth nothing any more' } },
  takes: [0, 0],
  async run({ config, flag, answer }) {
    const { dataDir } = await config()
    if (!existsSync(join(dataDir, SECRETS)))
      throw new Error(`There are no secrets in ${dataDir}. Choose the data folder with --data.`)
    const lock = lockFolder(dataDir)
    try {
      const now = new Date()
      const keepFormer = !flag('at-once')
      changeKeys(dataDir, now, { keepFormer })
      const until = keepFormer ? new Date(+now + 12 * 3600_000).toISOString() : now.toISOString()
      await answer(
        keepFormer
          ? `The key is changed. Sessions and links from before are good until ${until}.`
          : 'The key is changed. All sessions and links from before have ended.',
        { until },
      )
    } finally {
      lock.release()
    }
  },
}
