import type { DeskTopupJson, TopupJson } from '../../../shapes/topups'
import type { Topup } from './table'

export const topupJson = ({ id, coins, note, status, createdAt, decidedAt, answer }: Topup): TopupJson => ({
  id,
  coins,
  note,
  status,
  createdAt: createdAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
  answer,
})

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
