import { decimalsOf } from '../../../shapes/currency'
import type { DeskTopupJson, TopupJson } from '../../../shapes/topups'
import type { Topup } from './table'

export const topupJson = ({ id, coins, note, status, createdAt, decidedAt, answer, ...topup }: Topup): TopupJson => ({
  id,
  coins,
  note,
  depositor: topup.depositor,
  amount: topup.amount,
  currency: topup.currency,
  decimals: topup.currency === null ? null : decimalsOf(topup.currency),
  dueAt: topup.dueAt?.toISOString() ?? null,
  status,
  createdAt: createdAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
  answer,
})

/** A top-up for the staff, with the person who asked for it. */
export const deskTopupJson = ({
  topup,
  ...who
}: {
  topup: Topup
  handle: string
  displayName: string
}): DeskTopupJson => ({
  ...topupJson(topup),
  ...who,
})
