import { id, int, str, table, time } from '../db/columns'

/** How each backup ended. `error` is null for one that was proved. */
export const backups = table('backups', {
  id: id<'backup'>(),
  at: time().notNull(),
  tookMs: int().notNull(),
  place: str().notNull(),
  error: str(),
  files: int(),
  bytes: int(),
  newBytes: int(),
})
