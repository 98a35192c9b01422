import type { Settings } from '../../shapes/settings'
import type { Account } from '../ports/people'
import { Problem } from '../problem'

/** Tells whether this person is staff without the second factor that the community asks of its staff. */
export const isRestricted = (
  { role, secondFactor }: Pick<Account, 'role' | 'secondFactor'>,
  { staffSecondFactor }: Pick<Settings, 'staffSecondFactor'>,
): boolean => staffSecondFactor && role !== 'member' && !secondFactor

export const secondFactorRequired = () =>
  new Problem('forbidden', 'Staff of this community need two-step verification. Set it up under Account first.', {
    code: 'second_factor_required',
  })
