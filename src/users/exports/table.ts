import type { EXPORT_STATUSES } from '../../../shapes/exports'
import { id, int, ref, str, table, time } from '../../db/columns'

/** Zips with everything of one person. The bytes are where `place.ts` says, under the id. */
export const exports = table('exports', {
  id: id<'export'>(),
  userId: ref<'user'>().notNull(),
  status: str().$type<(typeof EXPORT_STATUSES)[number]>().notNull().default('making'),
  /** Why it failed. */
  error: str(),
  bytes: int(),
  createdAt: time().notNull(),
  /** When the row and the bytes are deleted; null while the zip is made. */
  expiresAt: time(),
})

export type Export = typeof exports.$inferSelect
