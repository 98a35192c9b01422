import type { EntryJson, VoucherJson } from '../../shapes/coins'
import type { Entry, vouchers } from './table'

type EntryRow = { entry: Entry; postId: number | null; handle: string | null; note: string | null }

export const entryJson = ({ entry, postId, handle, note }: EntryRow): EntryJson => ({
  id: entry.id,
  at: entry.at.toISOString(),
  coins: entry.coins,
  kind: entry.kind,
  balanceAfter: entry.balanceAfter,
  ...(postId && { postId }),
  ...(handle && { handle }),
  ...(note && { note }),
})

export const voucherJson = ({
  id,
  coins,
  uses,
  used,
  createdAt,
  expiresAt,
  endedAt,
}: typeof vouchers.$inferSelect): VoucherJson => ({
  id,
  coins,
  uses,
  used,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
  endedAt: endedAt?.toISOString() ?? null,
})
