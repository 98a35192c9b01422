import { rmSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { record } from '../actions/record'
import { openStorage } from '../media/open-storage'
import { readSettings } from '../settings/model'
import { takeoutOf } from '../takeout/gather'
import { writeZip } from '../takeout/zip'
import { findAccountOf } from '../users/model'
import { formatBytes } from './checks/space'
import type { Command } from './command'
import { refuseExisting } from './refuse-existing'
import { breakOffOnSignals } from './signals'
import { withStore } from './store'

export const usersExport: Command = {
  usage: 'HANDLE FILE',
  about: `Writes everything of this person into a zip, as they can get it themselves under Account: photos and videos as
they uploaded them, posts, comments, what they bought, and all that is stored about them. Only you can read FILE, which
gets its name when it is complete and is never overwritten. The staff desk lists that it was made.`,
  takes: [2, 2],
  async run({ args: [handle, file], config, answer }) {
    const settings = await config()
    const path = resolve(file!)
    refuseExisting(path)
    const draft = `${path}.${process.pid}.part`
    breakOffOnSignals(() => rmSync(draft, { force: true }))
    const { bytes, who } = await withStore(settings, async ({ db, write }) => {
      const me = await findAccountOf(db, handle!)
      const { siteName, timeZone } = await readSettings(db, settings)
      const scene = { db, stores: openStorage(settings), siteName, timeZone, now: new Date() }
      try {
        const bytes = await writeZip(draft, takeoutOf(scene, me))
        refuseExisting(path)
        await rename(draft, path)
        await write((tx) => record(tx, { kind: 'data_exported', by: null, on: me }, new Date()))
        return { bytes, who: me.handle }
      } finally {
        await rm(draft, { force: true })
      }
    })
    await answer(`${path}: everything of ${who}, ${formatBytes(bytes)}`, { path, handle: who, bytes })
  },
}
