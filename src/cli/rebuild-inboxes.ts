import { rebuildInboxes as rebuild } from '../inbox/rebuild'
import type { Command } from './command'
import { withStore } from './store'

export const rebuildInboxes: Command = {
  usage: '',
  about:
    'Computes every inbox again from posts and follows. What was read stays read. Harmless at any time, also while the server runs.',
  takes: [0, 0],
  async run({ config, answer }) {
    const done = await withStore(await config(), rebuild)
    await answer(`Inboxes of ${done.people} people: ${done.added} posts were missing, ${done.removed} too many.`, done)
  },
}
