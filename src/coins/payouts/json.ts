import type { DeskPayoutJson, PayoutJson } from '../../../shapes/payouts'
import type { ViewerContext } from '../../http/viewer-context'
import { userJson } from '../../users/json'
import type { Seen } from '../../users/person'
import type { Payout } from '../table'
import type { PayeeAccount } from './account'

export const payoutJson = ({ id, coins, status, at, decidedAt, note }: Payout): PayoutJson => ({
  id,
  coins,
  status,
  at: at.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
  note,
})

/**
 * A payout for administrators, with the bank account. `account` is null once it has been erased, and `by` is the
 * handle of the person who decided.
 */
export const deskPayoutJson = (
  row: { payout: Payout; user: Seen; by: string | null },
  viewerContext: ViewerContext,
  account: PayeeAccount | null,
): DeskPayoutJson => ({
  ...payoutJson(row.payout),
  user: userJson(row.user, viewerContext),
  bank: account?.bank ?? null,
  account: account?.account ?? null,
  holder: account?.holder ?? null,
  decidedBy: row.by,
})
