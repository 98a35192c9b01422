import type { Tx } from '../db/open'
import { useInvite } from '../invites/model'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { hasAdministrator } from './account'
import { createUser, type UserDraft } from './model'

type Door = { registration: 'open' | 'invite' | 'closed'; inviteId: number | undefined }

/** Who may come in: anybody, whoever has an invitation, or nobody. */
export async function signUp(tx: Tx, draft: UserDraft, { registration, inviteId }: Door, now: Date): Promise<Person> {
  if (registration === 'closed')
    throw new Problem('forbidden', 'Nobody can sign up here at the moment.', { code: 'registration_closed' })
  if (registration === 'invite' && inviteId === undefined)
    throw new Problem('forbidden', 'You need an invitation to sign up here.', { code: 'invite_required' })
  if (registration === 'invite') await useInvite(tx, inviteId, now)
  return createUser(tx, draft, now)
}

/** The first administrator, made with the link that the server prints until there is one. */
export async function setUp(tx: Tx, draft: UserDraft, now: Date): Promise<Person> {
  if (await hasAdministrator(tx)) throw setUpDone()
  return createUser(tx, { ...draft, role: 'admin' }, now)
}

export const setUpDone = () => new Problem('gone', 'There is already an administrator, so this link no longer works.')
