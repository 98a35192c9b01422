import { record } from '../actions/record'
import { dropQualities, makeQualitiesAgain, measureDroppable } from '../files/shrink'
import { formatBytes } from './checks/space'
import { type Command, WrongUsage } from './command'
import { withStore } from './store'

export const filesShrink: Command = {
  usage: '[--drop | --again]',
  about: `Says how much space the copies of long videos in other qualities take, which can be made again from the videos.
With --drop they are dropped; videos still play. With --again jobs make them again. The server erases and makes them, at
once if it runs, else after its next start. Nothing that cannot be made again is dropped.`,
  options: { drop: { about: 'drop these copies' }, again: { about: 'make missing copies again' } },
  takes: [0, 0],
  async run({ flag, config, answer }) {
    const [drop, again] = [!!flag('drop'), !!flag('again')]
    if (drop && again) throw new WrongUsage('Choose either --drop or --again.')
    const settings = await config()
    const now = new Date()
    await withStore(settings, async (store) => {
      if (drop) {
        const detail = await dropQualities(store, now)
        if (detail.files) await store.write((tx) => record(tx, { kind: 'copies_dropped', by: null, detail }, now))
        return answer(`Dropped ${formatBytes(detail.bytes)} of ${detail.files} videos.`, detail)
      }
      if (again) {
        const files = await makeQualitiesAgain(store, settings.adaptiveSeconds, now)
        if (files) await store.write((tx) => record(tx, { kind: 'copies_remade', by: null, detail: { files } }, now))
        return answer(`The copies of ${files} videos will be made again.`, { files })
      }
      const found = await measureDroppable(store.db)
      return answer(
        `The copies of ${found.files} videos take ${formatBytes(found.bytes)}. Free that with: pinhole files shrink --drop`,
        found,
      )
    })
  },
}
