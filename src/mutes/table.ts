import { primaryKey, ref, table, time } from '../db/columns'

/** Nobody is told that they are muted. */
export const mutes = table(
  'mutes',
  { muterId: ref().notNull(), mutedId: ref().notNull(), createdAt: time().notNull() },
  (t) => [primaryKey({ columns: [t.muterId, t.mutedId] })],
)
