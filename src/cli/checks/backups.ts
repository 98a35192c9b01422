import { nameOfPlace } from '../../backup-place'
import { lastBackups } from '../../backups/model'
import { viewOf } from '../../db/view'
import { type Check, fail, ok, warn } from './finding'

/** A nightly backup is at most a day old. This leaves time for it to be made. */
const OLD_MS = 30 * 3600_000

/** Reports when the last good backup was made, and whether the place of the nightly ones is set. */
export const backups: Check = {
  name: 'backups',
  async run({ config: { backup }, database }) {
    await using source = await viewOf(database)
    const { last, good } = await lastBackups(source.db)
    const when = good ? `The last good backup was made at ${good.at.toISOString()} (${good.place}).` : ''
    if (!backup)
      return [
        good && +good.at > Date.now() - OLD_MS
          ? ok('backups', when)
          : warn('backups', `${when || 'There is no backup.'} Set PINHOLE_BACKUP, and one is made every night.`),
      ]
    const place = nameOfPlace(backup)
    if (last?.error) return [fail('backups', `${when || 'There is no backup.'} The last one failed: ${last.error}`)]
    if (!good) return [warn('backups', `There is no backup yet. The first one will be made in ${place}.`)]
    if (+good.at < Date.now() - OLD_MS)
      return [fail('backups', `${when} It is overdue. Start the server, or run: pinhole backup`)]
    return [ok('backups', when)]
  },
}
