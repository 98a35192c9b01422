import { endInvite } from '../invites/model'
import { type Command, wholeNumber } from './command'
import { withStore } from './store'

export const invitesRevoke: Command = {
  usage: 'NUMBER',
  about: 'Revokes an invitation link, so that nobody else can join with it. "pinhole invites list" prints the numbers.',
  takes: [1, 1],
  async run({ args, config, answer }) {
    const id = wholeNumber(args[0]!, 'NUMBER', 1, Number.MAX_SAFE_INTEGER)
    const revoked = await withStore(await config(), ({ write }) => write((tx) => endInvite(tx, null, id, new Date())))
    if (!revoked) throw new Error(`There is no invitation ${id} that can be revoked. Run: pinhole invites list`)
    await answer(`Nobody can join with invitation ${id} any more.`, { id, revoked })
  },
}
