import { listAllInvites } from '../invites/model'
import { inColumns } from './columns'
import type { Command } from './command'
import { linkTo, withStore } from './store'

export const invitesList: Command = {
  usage: '',
  about: `Lists the invitation links of all people and of this command that can still be used, newest first: the number, how
many people used the link and how many can, the last day on which it works, who made it, and the link.`,
  takes: [0, 0],
  async run({ config, answer }) {
    const settings = await config()
    const invites = await withStore(settings, ({ db }) => listAllInvites(db, new Date()))
    const rows = await Promise.all(
      invites.map(async ({ id, uses, used, createdAt, expiresAt, createdBy }) => ({
        id,
        uses,
        used,
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        createdBy,
        url: await linkTo(settings, 'invite', { id, expiresAt }),
      })),
    )
    const lines = rows.map(({ id, uses, used, expiresAt, createdBy, url }) => [
      String(id),
      `${used} of ${uses}`,
      expiresAt.slice(0, 10),
      createdBy ?? 'a command',
      url,
    ])
    await answer(inColumns([['number', 'used', 'until', 'made by', 'link'], ...lines]).join('\n'), rows)
  },
}
