import type { Settings } from '../../shapes/settings'
import type { Viewer } from '../ports/people'
import { Problem } from '../problem'

/**
 * Tells whether this person is staff without the second factor that the community asks of its staff. A passkey is one,
 * since it takes the device and what unlocks it.
 */
export const isRestricted = (
  { role, secondFactor, passkeyAt }: Pick<Viewer, 'role' | 'secondFactor' | 'passkeyAt'>,
  { staffSecondFactor }: Pick<Settings, 'staffSecondFactor'>,
): boolean => staffSecondFactor && role !== 'member' && !secondFactor && !passkeyAt

/** The problem of staff who still have to set up their second factor. */
export const secondFactorRequired = () =>
  new Problem('forbidden', 'Staff of this community need two-step verification. Set it up under Account first.', {
    code: 'second_factor_required',
  })
