import { rebuildInboxes as rebuild } from '../inbox/rebuild'
import type { Command } from './command'
import { withStore } from './store'

export const rebuildInboxes: Command = {
  usage: '',
  about:
    'Rebuilds every inbox from posts and follows. Read posts stay read. This is safe even while the server is running.',
  takes: [0, 0],
  async run({ config, answer }) {
    const done = await withStore(await config(), rebuild)
    await answer(
      `Rebuilt the inboxes of ${done.people} people: added ${done.added} posts, removed ${done.removed}.`,
      done,
    )
  },
}
