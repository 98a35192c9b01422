import { record } from '../actions/record'
import type { Tx } from '../db/open'
import { tryInvite, useInvite } from '../invites/model'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { type Flagged, flag, isHeld } from '../words/flags'
import { hasAdministrator } from './account'
import { tellOfWaiting } from './approval'
import { createUser, type UserDraft } from './model'

type Door = { registration: 'open' | 'invite' | 'closed'; inviteId: number | undefined }

/**
 * Creates an account if sign-up is open to everyone, or by invitation and the invitation is valid. Where it is open, an
 * invitation only tells who invited the person. A name that is held leaves the handle in its place.
 */
export async function signUp(
  tx: Tx,
  { displayName, ...draft }: UserDraft,
  { registration, inviteId }: Door,
  now: Date,
  flagged: Flagged[] = [],
): Promise<Person> {
  if (registration === 'closed')
    throw new Problem('forbidden', 'Sign-up is closed at the moment.', { code: 'registration_closed' })
  if (registration === 'invite' && inviteId === undefined)
    throw new Problem('forbidden', 'You need an invitation to sign up.', { code: 'invite_required' })
  if (registration === 'invite') await useInvite(tx, inviteId, now)
  const isInvited = registration === 'invite' || (await tryInvite(tx, inviteId, now))
  const name = isHeld(flagged, 'displayName') ? {} : { displayName }
  const user = await createUser(tx, { ...draft, ...name, isNew: true, inviteId: isInvited ? inviteId : undefined }, now)
  await flag(tx, user, {}, flagged, now)
  const { waitingAt = null, mustConfirm = false } = draft
  await tellOfWaiting(tx, { waitingAt, refusedAt: null, mustConfirm }, now)
  return user
}

/** Creates the first administrator, with the link that the server prints until there is one. */
export async function setUp(tx: Tx, draft: UserDraft, now: Date): Promise<Person> {
  if (await hasAdministrator(tx)) throw setUpDone()
  const user = await createUser(tx, { ...draft, role: 'admin' }, now)
  await record(tx, { kind: 'account_created', by: user, on: user, detail: { role: 'admin' } }, now)
  return user
}

/** The problem of a set-up link that was used already. */
export const setUpDone = () => new Problem('gone', 'There is already an administrator, so this link no longer works.')
