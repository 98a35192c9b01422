import { viewOf } from '../../db/view'
import { hostsOfPasskeys } from '../../users/passkeys/hosts'
import { type Check, type Finding, ok, warn } from './finding'

/** Passkeys belong to one host name, so a new address shuts out people who have nothing else. */
export const passkeys: Check = {
  name: 'passkeys',
  async run({ config, database }) {
    await using view = await viewOf(database)
    const { url } = config
    return (await hostsOfPasskeys(view.db)).map((found) => finding(found, url && new URL(url).hostname))
  },
}

type Found = Awaited<ReturnType<typeof hostsOfPasskeys>>[number]

function finding({ host, people, stranded }: Found, here: string | undefined): Finding {
  const who = people === 1 ? '1 member has passkeys' : `${people} members have passkeys`
  if (!here || host === here)
    return ok('passkeys', `${who} that work only at ${host}. Keep that address, or tell them before it changes.`)
  const without = stranded
    ? ` ${stranded} of them have no password: give them links by pinhole users reset-password.`
    : ''
  return warn('passkeys', `${who} for ${host}, which do not work at ${here}.${without}`)
}
