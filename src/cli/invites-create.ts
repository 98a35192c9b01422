import { createInvite } from '../invites/model'
import { type Command, wholeNumber } from './command'
import { linkTo, withStore } from './store'

export const invitesCreate: Command = {
  usage: '[--uses N]',
  about: 'Prints an invitation link that is valid for four weeks. Send it to the people you want to invite.',
  options: { uses: { value: 'N', about: 'how many people can use the link (1)' } },
  takes: [0, 0],
  async run({ flag, config, answer }) {
    const uses = wholeNumber(flag('uses') ?? '1', '--uses', 1, 1000)
    const settings = await config()
    const invite = await withStore(settings, ({ write }) => write((tx) => createInvite(tx, null, { uses }, new Date())))
    const url = await linkTo(settings, 'invite', invite)
    await answer(url, { url, uses, expiresAt: invite.expiresAt })
  },
}
