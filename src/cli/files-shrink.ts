import { dropCopies } from '../files/copies/drop'
import { makeCopies } from '../files/copies/make'
import { countMissing, measureDroppable } from '../files/copies/videos'
import { formatBytes } from './checks/space'
import { type Command, WrongUsage } from './command'
import { withStore } from './store'

export const filesShrink: Command = {
  usage: '[--drop | --again]',
  about: `Says how much space the copies of long videos in other qualities take, which can be made again from the videos.
With --drop they are dropped; videos still play. With --again they are made again. Jobs of the server do it, at once if it
runs, else after its next start. Nothing that cannot be made again is dropped.`,
  options: { drop: { about: 'drop these copies' }, again: { about: 'make missing copies again' } },
  takes: [0, 0],
  async run({ flag, config, answer }) {
    const [drop, again] = [!!flag('drop'), !!flag('again')]
    if (drop && again) throw new WrongUsage('Choose either --drop or --again.')
    const settings = await config()
    const now = new Date()
    await withStore(settings, async ({ db, write }) => {
      if (again) {
        const files = await countMissing(db, settings.adaptiveSeconds)
        if (files) await write((tx) => makeCopies(tx, null, files, now))
        return answer(`The copies of ${files} videos will be made again.`, { files })
      }
      const found = await measureDroppable(db)
      const size = formatBytes(found.bytes)
      if (!drop)
        return answer(
          `The copies of ${found.files} videos take ${size}. Free that with: pinhole files shrink --drop`,
          found,
        )
      if (found.files) await write((tx) => dropCopies(tx, null, found, now))
      answer(`The copies of ${found.files} videos will be dropped, which frees ${size}.`, found)
    })
  },
}
