import { setPriority } from 'node:os'
import type { Command } from './command'
import { backUpInto } from './repository/run'

/** Makes the nightly backup. The server starts it as a process of its own, and records how it ended. */
export const backupWorker: Command = {
  usage: '',
  about: 'Makes a backup at PINHOLE_BACKUP for the server, which starts this by itself.',
  takes: [0, 0],
  async run({ config, answer }) {
    setPriority(10) // requests come first
    const settings = await config()
    if (!settings.backup) throw new Error('PINHOLE_BACKUP is not set.')
    await answer('The backup was made.', await backUpInto(settings, settings.backup))
  },
}
